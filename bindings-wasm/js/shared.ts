// What both entry points have.

export { Calendar } from "./calendar.js";
export type { WorkingDay } from "./calendar.js";
export { Card, orderKey } from "./card.js";
export type { CardColumns, CardOutcome, CausedBy, Filed, For } from "./card.js";
export { Desk } from "./desk.js";
export type { DeskOptions, Known } from "./desk.js";
export { DeniedError, KezekError, raiseForDenial } from "./error.js";
export type { Fault, KezekErrorCode } from "./error.js";
export { Form } from "./form.js";
export type { Instant } from "./given.js";
export { Iin, isPerson } from "./iin.js";
export { restart } from "./instance.js";
export type { BufferLike, Source } from "./load.js";
export { Policy } from "./policy.js";
export type { PolicyLike } from "./policy.js";
export { verifyProof } from "./proof.js";
export { Texts } from "./texts.js";
export type { RoleName } from "./texts.js";
export type * from "./types.js";
