/** One event of a stream (WHATWG HTML, 9.2). */
export interface SseMessage {
  /** The id as of this event; empty: none so far. */
  id: string;
  event: string;
  data: string;
}

/** Reads an event stream from pieces of text, cut anywhere. */
export class SseParser {
  private rest = '';
  private id = '';
  private event = '';
  private data: string[] = [];
  private first = true;

  /** The events that this piece completes. */
  push(piece: string): SseMessage[] {
    let text = this.rest + piece;
    if (this.first && text !== '') {
      this.first = false;
      text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    }
    const messages: SseMessage[] = [];
    let from = 0;
    for (;;) {
      const end = lineEnd(text, from);
      if (end === null) {
        break;
      }
      this.line(text.slice(from, end.at), messages);
      from = end.next;
    }
    this.rest = text.slice(from);
    return messages;
  }

  private line(line: string, messages: SseMessage[]): void {
    if (line === '') {
      if (this.data.length > 0) {
        messages.push({ id: this.id, event: this.event || 'message', data: this.data.join('\n') });
      }
      this.event = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id' && !value.includes('\0')) {
      this.id = value;
    } else if (field === 'event') {
      this.event = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
  }
}

/** CR, LF or CRLF; a CR at the very end may be half of a CRLF and waits. */
function lineEnd(text: string, from: number): { at: number; next: number } | null {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) {
      return { at: i, next: i + 1 };
    }
    if (c === 13) {
      return i + 1 === text.length ? null : { at: i, next: text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1 };
    }
  }
  return null;
}
