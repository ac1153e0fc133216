import { fact } from '#engines/core/fact.ts';

/** Where a fact is asked for: the gateway, and milliseconds that it may take. */
type At = { url: string; within: number };

/** `none`, or the endpoints of a model. */
export const gateRouteFact = fact<At & { model: string }>({
  id: 'gate.route',
  label: ({ model }) => `the route of ${model}`,
  read: async () => (await import('./apply-routes.ts')).readRouteFact,
});

/** `none`, or how large it is. */
export const gateModelFact = fact<At & { name: string }>({
  id: 'gate.model',
  label: ({ name }) => `the model ${name}`,
  read: async () => (await import('./apply-models.ts')).readModelFact,
});

/** `none`, or size and time of writing of a file. */
export const gateFileFact = fact<{ file: string }>({
  id: 'gate.file',
  label: ({ file }) => file,
  read: async () => (await import('./file.ts')).readFileFact,
});
