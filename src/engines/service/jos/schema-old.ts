import * as z from 'zod/mini';
import { count, matching, text, textOrTexts, texts } from './schema-parts.ts';

// 0.0.7 says nothing of keys that it does not name, and writes null for what is not set.
const open = z.looseObject;
const maybe = z.nullish;
const truth = () => maybe(z.boolean());

const definition = open({
  type: text(),
  description: maybe(text()),
  command: maybe(text()),
  artifact: maybe(text()),
  url: maybe(text()),
  method: maybe(text()),
  headers: maybe(z.record(text(), text())),
  body: maybe(text()),
  function: maybe(text()),
  on_failure: maybe(text()),
});

const flow = open({
  description: maybe(text()),
  steps: maybe(texts()),
  gates: maybe(z.record(text(), text())),
});

const probe = z.union([
  text(),
  open({ url: maybe(text()), command: maybe(text()), interval: maybe(text()) }),
]);

const security = {
  type: maybe(text()),
  permissions: maybe(texts()),
  health_check: maybe(probe),
  integrity_ref: maybe(text()),
};

const contract = { version: maybe(text()), mode: maybe(text()) };

const shape = {
  jos: maybe(open({ open: maybe(text()), supports: maybe(texts()) })),
  orchestration_contract: maybe(open(contract)),
  id_jos: maybe(text()),
  security: maybe(open(security)),
  files: maybe(texts()),
  orchestration: maybe(
    open({
      definitions: maybe(z.record(text(), definition)),
      flows: maybe(z.record(text(), flow)),
      pipelines: maybe(z.record(text(), flow)),
    }),
  ),
  x_run_params: maybe(
    open({
      timeout: maybe(z.number().check(z.minimum(0))),
      retry_on_failure: truth(),
      daemon_mode: truth(),
      require_confirmation: truth(),
    }),
  ),
  meta: maybe(
    open({ name: maybe(text()), version: maybe(text()), type: maybe(text()), description: maybe(text()) }),
  ),
  guardrails: maybe(
    open({
      avoid: maybe(texts()),
      max_retries: maybe(count()),
      timeout_ms: maybe(count()),
      require_confirmation: truth(),
    }),
  ),
  intention: maybe(open({ objective: maybe(text()), success_criteria: maybe(textOrTexts()) })),
  capabilities: maybe(texts()),
  environment: maybe(z.record(text(), z.unknown())),
};

/** Which of its keys have to be there is not a matter of types: `keys.ts`. */
export const schemaStrict = open(shape);

export const schemaDraft = open({
  ...shape,
  id_jos: matching(/^[a-z0-9][a-z0-9-]*$/, 'an identifier such as "hello-1"'),
  orchestration_contract: open({
    version: matching(/^\d+\.\d+\.\d+$/, 'a version such as "0.0.7"'),
    mode: z.optional(z.enum(['strict', 'reference', 'experimental'])),
  }),
  security: z.optional(
    open({ ...security, type: z.optional(z.enum(['open', 'authenticated', 'encrypted'])) }),
  ),
});

export type DocumentOld = z.infer<typeof schemaStrict>;
