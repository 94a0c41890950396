import type { Role } from './api/types.ts';

/** A view of the console: one directory below `views/`, loaded when it is first shown. */
export interface View {
  /** After `#/`; what follows a further slash is the view's own, its property `rest`. */
  path: string;
  title: string;
  /** With Alt, the key that goes there. */
  key: string;
  /** Who sees it. */
  roles: readonly Role[];
  /** Whether it also needs a human who can be rung. */
  rung?: boolean;
  tag: string;
  load: () => Promise<unknown>;
}

const EVERYBODY: readonly Role[] = ['human', 'reviewer', 'specialist', 'supervisor', 'admin'];

/** In the order of the bar at the top; the first that somebody may see is their first page. */
export const VIEWS: readonly View[] = [
  {
    path: 'desk',
    title: 'Desk',
    key: '1',
    roles: EVERYBODY,
    rung: true,
    tag: 'segue-desk',
    load: () => import('./views/desk/desk.ts'),
  },
  {
    path: 'review',
    title: 'Review',
    key: '2',
    roles: EVERYBODY,
    tag: 'segue-review',
    load: () => import('./views/review/review.ts'),
  },
  {
    path: 'wall',
    title: 'Wall',
    key: '3',
    roles: ['reviewer', 'specialist', 'supervisor', 'admin'],
    tag: 'segue-wall',
    load: () => import('./views/wall/wall.ts'),
  },
  {
    path: 'policy',
    title: 'Policy',
    key: '4',
    roles: ['reviewer', 'specialist', 'supervisor', 'admin'],
    tag: 'segue-policy',
    load: () => import('./views/policy/policy.ts'),
  },
];

/** `#/desk/a/b` is `['desk', 'a/b']`. */
export function parse(hash: string): [path: string, rest: string] {
  const text = hash.replace(/^#\/?/, '');
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}

/** Those that somebody may see. */
export function visible(views: readonly View[], role: Role, rung: boolean): View[] {
  return views.filter((view) => view.roles.includes(role) && (rung || view.rung !== true));
}
