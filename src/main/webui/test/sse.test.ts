import { describe, expect, test } from 'vitest';
import { SseParser } from '../src/events/sse.ts';

const STREAM = ': hello\n\nid: 7-1\nevent: turn\ndata: {"a":1}\n\nevent: reset\ndata: {}\n\ndata: one\ndata:two\n\n';
const READ = [
  { id: '7-1', event: 'turn', data: '{"a":1}' },
  { id: '7-1', event: 'reset', data: '{}' },
  { id: '7-1', event: 'message', data: 'one\ntwo' },
];

describe('an event stream', () => {
  test('is read whole', () => {
    expect(new SseParser().push(STREAM)).toEqual(READ);
  });

  test('is read the same however it is cut', () => {
    for (let cut = 1; cut < STREAM.length; cut++) {
      const parser = new SseParser();
      expect([...parser.push(STREAM.slice(0, cut)), ...parser.push(STREAM.slice(cut))]).toEqual(READ);
    }
  });

  test('may end its lines with CRLF, cut between the two', () => {
    const parser = new SseParser();
    const messages = [...STREAM.replaceAll('\n', '\r\n')].flatMap((character) => parser.push(character));
    expect(messages).toEqual(READ);
  });

  test('keeps an event back until its empty line has come', () => {
    const parser = new SseParser();
    expect(parser.push('event: turn\ndata: 1\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ id: '', event: 'turn', data: '1' }]);
  });

  test('says nothing for a heartbeat', () => {
    expect(new SseParser().push(':\n\n:\n\n')).toEqual([]);
  });
});
