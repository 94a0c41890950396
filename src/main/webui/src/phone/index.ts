import { dialJsSip } from './jssip-line.ts';
import { Phone } from './phone.ts';

export type { Phone } from './phone.ts';
export type { Leg, PhoneState } from './state.ts';

/** The softphone of this page. */
export const phone = new Phone(dialJsSip);
