import { expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { planConvert } from '#engines/models/convert/plan.ts';
import { testContext } from '../../rig/context.ts';
import { installConverter, put } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';

test('a conversion without Python says how to get it', async ({ world }) => {
  installConverter(world);
  put(world.path('work', '.test-models', 'gpt2', 'pytorch', 'model.safetensors'), 'of PyTorch');
  const env = { ...world.env, PATH: world.path('home') };
  const context = testContext(world, { workspace: world.path('work'), env });
  const planned = planConvert({ id: 'gpt2', keepInputs: false, force: false }, context);
  expect(failureOf(await planned.catch((thrown: unknown) => thrown))).toMatchObject({
    code: 'python-missing',
    next: expect.arrayContaining(['apt install python3 python3-pip']),
  });
});
