import type { HoldEvent, IncomingInfoEvent, OutgoingInfoEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import type { Session } from '../api/index.ts';
import { tab } from '../keep.ts';
import type { Line } from './phone.ts';
import type { PhoneEvent } from './state.ts';

const HEADERS = [
  'X-Segue-Call',
  'X-Segue-Handoff',
  'X-Segue-Supervise',
  'X-Segue-Standby',
  'X-Segue-Resumed',
  'Call-Info',
];
const INSTANCE = 'segue.instance';

/** SIP over WebSocket (RFC 7118) by JsSIP, which is loaded here and not before. */
export async function dialJsSip(session: Session, tell: (event: PhoneEvent) => void): Promise<Line> {
  const { default: JsSIP } = await import('jssip');
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(`${scheme}://${location.host}/sip`)],
    uri: `sip:${session.human}@${location.hostname}`,
    ...(session.phoneToken === null ? {} : { authorization_jwt: `Bearer ${session.phoneToken}` }),
    instance_id: instance(),
    register_expires: 600,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 8,
    user_agent: 'Segue console',
  });
  const line = new JsSipLine(tell, () => ua.stop());
  ua.on('connecting', () => tell({ is: 'connecting' }));
  ua.on('registered', () => tell({ is: 'registered' }));
  ua.on('disconnected', () => tell({ is: 'lost' }));
  ua.on('unregistered', () => tell({ is: 'lost' }));
  ua.on('registrationFailed', (event) => tell({ is: 'refused', why: String(event.cause ?? 'refused') }));
  ua.on('newRTCSession', ({ session: call, request, originator }: RTCSessionEvent) => {
    if (String(originator) === 'remote') {
      line.invited(call, request as IncomingRequest);
    }
  });
  ua.start();
  return line;
}

class JsSipLine implements Line {
  private readonly sessions = new Map<string, RTCSession>();
  private readonly wantedOnHold = new Map<string, boolean>();
  private readonly audio = new Audio();

  constructor(
    private readonly tell: (event: PhoneEvent) => void,
    private readonly stop: () => void,
  ) {
    this.audio.autoplay = true;
  }

  invited(session: RTCSession, request: IncomingRequest): void {
    const id = session.id;
    this.sessions.set(id, session);
    const over = (): void => {
      this.sessions.delete(id);
      this.wantedOnHold.delete(id);
      this.tell({ is: 'over', id });
    };
    session.on('peerconnection', ({ peerconnection }) =>
      peerconnection.addEventListener('track', ({ streams, track }) => {
        this.audio.srcObject = streams[0] ?? new MediaStream([track]);
        void this.audio.play().catch(() => undefined);
      }),
    );
    // The gateway reads no candidates: nothing more is waited for.
    session.on('icecandidate', (event) => event.ready());
    session.on('accepted', () => this.tell({ is: 'up', id }));
    session.on('ended', over);
    session.on('failed', over);
    session.on('muted', () => this.tell({ is: 'muted', id, on: true }));
    session.on('unmuted', () => this.tell({ is: 'muted', id, on: false }));
    session.on('hold', (event: HoldEvent) => String(event.originator) === 'local' && this.tell({ is: 'held', id, on: true }));
    session.on('unhold', (event: HoldEvent) => String(event.originator) === 'local' && this.tell({ is: 'held', id, on: false }));
    session.on('newInfo', (event: IncomingInfoEvent | OutgoingInfoEvent) => {
      if (String(event.originator) === 'remote') {
        this.tell({ is: 'informed', id, type: event.info.contentType, body: event.info.body });
      }
    });
    const headers: Record<string, string> = {};
    for (const name of HEADERS) {
      const value: unknown = request.getHeader(name);
      if (typeof value === 'string') {
        headers[name.toLowerCase()] = value;
      }
    }
    this.tell({ is: 'invited', invite: { id, headers } });
  }

  answer(id: string, microphone: MediaStream | null): void {
    this.sessions.get(id)?.answer({
      ...(microphone === null ? { mediaStream: silence() } : { mediaStream: microphone }),
      pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' },
    });
  }

  refuse(id: string, status: number): void {
    this.sessions.get(id)?.terminate({ status_code: status });
  }

  hangUp(id: string): void {
    this.sessions.get(id)?.terminate();
  }

  mute(id: string, on: boolean): void {
    const session = this.sessions.get(id);
    if (on) {
      session?.mute({ audio: true });
    } else {
      session?.unmute({ audio: true });
    }
  }

  /** While one change is being agreed on JsSIP drops the next: what is wanted is looked at again after it. */
  hold(id: string, on: boolean): void {
    this.wantedOnHold.set(id, on);
    this.agreeOnHold(id);
  }

  private agreeOnHold(id: string): void {
    const session = this.sessions.get(id);
    const wanted = this.wantedOnHold.get(id);
    if (session === undefined || session.isOnHold().local === wanted) {
      return;
    }
    const again = (): void => this.agreeOnHold(id);
    if (wanted) {
      session.hold({}, again);
    } else {
      session.unhold({}, again);
    }
  }

  /** As telephone-event (RFC 4733), in the stream. */
  digit(id: string, digit: string): void {
    const sender = this.sessions
      .get(id)
      ?.connection.getSenders()
      .find((one) => one.track?.kind === 'audio');
    sender?.dtmf?.insertDTMF(digit, 160, 70);
  }

  remote(id: string): MediaStream | null {
    return this.sessions.has(id) && this.audio.srcObject instanceof MediaStream ? this.audio.srcObject : null;
  }

  close(): void {
    this.audio.srcObject = null;
    this.stop();
  }
}

/** What is sent where there is no microphone, so that the call is a call. */
function silence(): MediaStream {
  const context = new AudioContext();
  return context.createMediaStreamDestination().stream;
}

/** The same over a reload of this tab, another in every other tab. */
function instance(): string {
  const id = tab.get(INSTANCE) ?? uuid();
  tab.set(INSTANCE, id);
  return id;
}

/** `randomUUID` is for secure pages alone. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
