export * from './download/actions.ts';
