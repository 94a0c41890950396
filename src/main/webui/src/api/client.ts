import type { FieldError, Problem } from './types.ts';

/** What the gateway answered instead of doing it. `status` 0: it did not answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly errors: FieldError[] = [],
    /** Seconds to wait, where it says so. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The REST interface below `/api/v1`. Every failure is an {@link ApiError}. */
export class Api {
  constructor(
    private readonly token: () => string | null,
    /** Told when the gateway no longer knows the token. */
    private readonly unauthorized: () => void = () => {},
    private readonly base = '/api/v1',
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  get<T>(path: string, options: Options = {}): Promise<T> {
    return this.json<T>('GET', path, undefined, options);
  }

  post<T>(path: string, body?: unknown, options: Options = {}): Promise<T> {
    return this.json<T>('POST', path, body ?? {}, options);
  }

  put<T>(path: string, body: unknown, options: Options = {}): Promise<T> {
    return this.json<T>('PUT', path, body, options);
  }

  delete<T>(path: string, options: Options = {}): Promise<T> {
    return this.json<T>('DELETE', path, undefined, options);
  }

  /** The answer itself, for what is no JSON: audio, an event stream, an `ETag`. It is one that went well. */
  async response(method: string, path: string, body?: unknown, options: Options = {}): Promise<Response> {
    const headers: Record<string, string> = { ...options.headers };
    const token = this.token();
    if (token !== null) {
      headers['Authorization'] = `Bearer ${token}`;
    }
    if (body !== undefined) {
      headers['Content-Type'] ??= 'application/json';
    }
    let response: Response;
    try {
      response = await this.fetcher(this.base + path + search(options.query), {
        method,
        headers,
        cache: 'no-store',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') {
        throw error;
      }
      throw new ApiError(0, 'unreachable', 'The gateway does not answer. Is the network there?');
    }
    if (!response.ok) {
      if (response.status === 401) {
        this.unauthorized();
      }
      throw await failure(response);
    }
    return response;
  }

  private async json<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
    const response = await this.response(method, path, body, options);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** Part of a path, whatever it contains. */
export function part(id: string): string {
  return encodeURIComponent(id);
}

function search(query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

async function failure(response: Response): Promise<ApiError> {
  let problem: Partial<Problem> = {};
  try {
    problem = (await response.json()) as Partial<Problem>;
  } catch {
    // A proxy's own page: the status has to do.
  }
  const errors = problem.errors ?? [];
  const told =
    errors.length > 0
      ? errors.map((error) => `${error.field} ${error.message}`).join('; ')
      : (problem.detail ?? problem.title ?? `The gateway answered ${response.status}`);
  const retry = Number(response.headers.get('Retry-After'));
  return new ApiError(
    response.status,
    (problem.type ?? '').replace('urn:segue:problem:', ''),
    told,
    errors,
    Number.isFinite(retry) && retry > 0 ? retry : null,
  );
}
