import { describe, expect, test } from 'vitest';
import { jsonIn } from '../../../../src/engines/process/logs/json.ts';
import { levelOf } from '../../../../src/engines/process/logs/level.ts';

const levelOfText = (text: string) => levelOf({ text, json: jsonIn(text) });

describe('the level of a line', () => {
  test.for([
    ['ERROR: no such file', 'error'],
    ['Error: no such file', 'error'],
    ['TypeError: undefined is not a function', 'error'],
    ['java.io.IOException: Broken pipe', 'error'],
    ['WARN  disk is nearly full', 'warn'],
    ['[info] listening on 8080', 'info'],
    ['[2026-11-21 20:44:36] production.ERROR: it broke', 'error'],
    ['2026-11-21T20:44:36.123Z  INFO model: loaded', 'info'],
    ['2026-11-21 20:44:36,123 - root - WARNING - low', 'warn'],
    ['INFO:     Uvicorn running', 'info'],
    ['ERROR:root:it broke', 'error'],
    ['\u001b[32mDEBUG\u001b[0m here', 'debug'],
    ['ts=2026-11-21T20:44:36Z level=warn msg="low"', 'warn'],
    ['E1121 20:44:36.123456       1 main.go:12] it broke', 'error'],
    ['<crit> the core is gone', 'fatal'],
    ['Debugger attached.', null],
    ['errors: 0', null],
    ['main: loading the model', null],
    ['', null],
    ['{"level":30,"msg":"pino"}', 'info'],
    ['{"level":60,"msg":"pino"}', 'fatal'],
    ['{"level":35,"msg":"between"}', 'info'],
    ['{"level":3,"short_message":"syslog"}', 'error'],
    ['{"severity":"WARNING","message":"cloud"}', 'warn'],
    ['{"levelname":"CRITICAL"}', 'fatal'],
    ['{"log.level":"debug"}', 'debug'],
    ['{"level":"loud","msg":"ERROR"}', null],
    ['{"msg":"ERROR in the text, no level"}', null],
  ] as const)('%s is %s', ([text, level]) => {
    expect(levelOfText(text)).toBe(level);
  });
});

describe('a line that is JSON', () => {
  const moment = Date.parse('2026-11-21T20:44:36.500Z');

  test.for([
    ['{"time":"2026-11-21T20:44:36.5Z"}', moment],
    ['{"ts":1795293876.5}', moment],
    ['{"timestamp":1795293876500}', moment],
    ['{"@timestamp":"2026-11-21T21:44:36.5+01:00"}', moment],
    ['{"time":"2026-11-21 20:44:36.5Z"}', moment],
    ['{"time":"20:44:36","ts":1795293876.5}', moment],
    ['{"time":12.5}', null],
    ['{"time":"2026-11-21T20:44:36.5"}', null],
    ['{"time":"2026-13-41T20:44:36Z"}', null],
  ] as const)('%s tells its time', ([text, time]) => {
    expect(jsonIn(text)?.time).toBe(time);
  });

  test('keeps in its fields what is neither level, message nor time', () => {
    expect(jsonIn('{"level":"info","msg":"done","time":12,"port":80,"__proto__":1}')).toEqual({
      level: 'info',
      message: 'done',
      time: null,
      fields: { time: 12, port: 80, ['__proto__']: 1 },
    });
  });

  test.for(['[1]', '"text"', '{broken}', '{"a":1} and more', 'null', '{'])('%s is none', (text) => {
    expect(jsonIn(text)).toBeUndefined();
  });
});
