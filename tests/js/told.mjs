// The same small town for several tests.

import { Register } from "kezek";

export const NOW = "2018-01-10T09:00:00+06:00";
export const NUMBER = "UO.2018.000001.1";
export const CHILD = { iin: "p:child-1", born: "2015-05-02" };
export const SUBMIT = { type: "submit", applicant: "p:parent-1", child: CHILD };
export const PUBLISH = { type: "publish_vacancy", kindergarten: "bobek", group_year: 2015, language: "ru", places: 1 };

/** One child in the queue. */
export function town() {
  const register = Register.open({ policy: "akmola-2018" });
  register.apply(SUBMIT, NOW);
  return register;
}
