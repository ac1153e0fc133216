import * as z from 'zod/mini';
import { amount, count, matching, optionalText, text, textOrTexts, texts, uri } from './schema-parts.ts';

// The JOS object specification 1.0.0 and its schema: what they do not name is refused, at every level.
const closed = z.strictObject;
const maybe = z.optional;
const truth = () => maybe(z.boolean());
const oneOf = <const V extends readonly string[]>(...values: V) => maybe(z.enum(values));

const header = closed({
  version: matching(/^\d+\.\d+\.\d+$/, 'a version such as "1.0.0"'),
  kind: z.enum(['atom', 'flow', 'service', 'persona']),
  schema: maybe(uri()),
});

const meta = closed({
  name: text().check(z.minLength(1), z.maxLength(128)),
  version: maybe(matching(/^\d+\.\d+\.\d+(-[a-zA-Z0-9.]+)?$/, 'a version such as "1.0.0" or "1.0.0-rc.1"')),
  author: optionalText(),
  license: optionalText(),
  description: maybe(text().check(z.maxLength(500))),
  domain: optionalText(),
  tags: maybe(
    z.array(text().check(z.maxLength(32))).check(
      z.maxLength(20),
      z.refine((tags) => new Set(tags).size === tags.length, 'a list without repetitions'),
    ),
  ),
  labels: maybe(z.record(text(), text())),
});

const intention = closed({
  objective: maybe(text().check(z.maxLength(1_000))),
  success_criteria: maybe(textOrTexts()),
});

const guardrails = closed({
  avoid: maybe(texts()),
  require: maybe(texts()),
  max_cost_per_call: maybe(amount()),
});

const requirement = closed({
  kind: z.enum(['mcp-server', 'artifact', 'service']),
  name: text(),
  version: optionalText(),
});

const execution = closed({
  capability: optionalText(),
  inputs: maybe(z.record(text(), text())),
  bindings: maybe(
    closed({
      mcp: maybe(closed({ server_url: maybe(uri()), tools: maybe(texts()) })),
      a2a: maybe(closed({ payload_format: maybe(z.literal('.jos')), agent_card: maybe(uri()) })),
    }),
  ),
  flow: maybe(z.array(closed({ invoke: text() }))),
  budget: maybe(
    closed({
      max_cost_usd: maybe(amount()),
      max_tokens: maybe(count()),
      max_duration: optionalText(),
      max_retries: maybe(count()),
    }),
  ),
});

const definition = closed({
  type: z.enum(['shell', 'jos', 'http']),
  command: optionalText(),
  artifact: optionalText(),
  url: maybe(uri()),
  description: optionalText(),
});

const flow = closed({
  description: optionalText(),
  steps: texts(),
  gates: maybe(z.record(text(), text())),
});

const modelPolicy = closed({
  preferred: optionalText(),
  tier: oneOf('economy', 'mid', 'flagship', 'reasoning'),
  vendor: oneOf('google', 'openai', 'anthropic', 'any'),
  fallbacks: maybe(texts()),
  temperature: maybe(amount().check(z.maximum(2))),
  max_output_tokens: maybe(z.int().check(z.minimum(1))),
});

const persona = closed({
  language: optionalText(),
  tone: optionalText(),
  system_prompt: optionalText(),
  max_sentences: maybe(z.int().check(z.minimum(1))),
  greeting: optionalText(),
  rules: maybe(texts()),
});

const ui = closed({
  icon: optionalText(),
  color: maybe(matching(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#20a0ff"')),
  category: optionalText(),
  card: maybe(
    closed({
      layout: oneOf('compact', 'detailed', 'hero'),
      show_metrics: truth(),
      show_cost: truth(),
      badge: optionalText(),
    }),
  ),
  widget: maybe(
    closed({
      position: oneOf('bottom-right', 'bottom-left', 'top-right', 'top-left'),
      auto_open: truth(),
      greeting: optionalText(),
      placeholder: optionalText(),
      badge_text: optionalText(),
    }),
  ),
});

const metric = closed({ name: text(), type: z.enum(['counter', 'gauge', 'histogram']), help: text() });

const billing = closed({
  model: oneOf('free', 'usage', 'subscription'),
  tiers: maybe(z.array(closed({ name: text(), price_usd: amount(), quota: count() }))),
  wallet: optionalText(),
  cost_cap_daily_usd: maybe(amount()),
});

const security = closed({
  tier: oneOf('sandbox', 'standard', 'privileged'),
  permissions: maybe(texts()),
  data_class: oneOf('public', 'internal', 'pii'),
  require_auth: truth(),
  require_admin: truth(),
});

const lifecycle = closed({
  health_path: optionalText(),
  ready_path: optionalText(),
  interval: optionalText(),
  on_install: optionalText(),
  on_remove: optionalText(),
});

const integrity = closed({
  hash: maybe(matching(/^sha256:[a-f0-9]{64}$/, '"sha256:" and 64 lower-case hexadecimal digits')),
  signed_by: optionalText(),
  timestamp: maybe(
    matching(
      /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/,
      'a moment such as "2026-01-02T03:04:05Z"',
    ),
  ),
});

export const schemaOne = closed({
  jos: header,
  id: maybe(matching(/^[a-z][a-z0-9.\-_]*$/, 'an identifier such as "org.example.hello"')),
  meta,
  intention: maybe(intention),
  guardrails: maybe(guardrails),
  capabilities: maybe(z.array(closed({ name: text(), version: optionalText() }))),
  requires: maybe(z.array(requirement)),
  tool_policy: maybe(closed({ allowed: maybe(texts()), denied: maybe(texts()), require_approval: truth() })),
  execution: maybe(execution),
  orchestration: maybe(
    closed({ definitions: maybe(z.record(text(), definition)), flows: maybe(z.record(text(), flow)) }),
  ),
  model_policy: maybe(modelPolicy),
  persona: maybe(persona),
  ui: maybe(ui),
  metrics: maybe(z.array(metric)),
  billing: maybe(billing),
  security: maybe(security),
  lifecycle: maybe(lifecycle),
  integrity: maybe(integrity),
  reproducibility: maybe(closed({ class: oneOf('deterministic', 'bounded', 'stochastic') })),
});

export type DocumentOne = z.infer<typeof schemaOne>;
