// The first story, in JavaScript: two children, one place, and a choice window over Nauryz.
//
//     node examples/js/story.mjs [kk|ru|en]      (after: npm install kezek)

import { init, Register, Texts } from "kezek";

await init();

const register = Register.open({ policy: "akmola-2018", name: "Kokshetau" });
const texts = Texts.of(process.argv[2] ?? "en", { policy: register.policy });

/** Prints what happened, or what stood against it. */
function tell({ events, denials }) {
  for (const event of events) {
    const when = event.at === null ? "" : texts.moment(event.at);
    console.log(`${String(event.seq).padStart(3)}  ${when}  ${texts.event(event)}`);
  }
  for (const denial of denials) {
    console.log(`     ${denial.code} (${denial.rule}): ${texts.denial(denial)}`);
  }
}

/** An instant as the clocks of Kokshetau show it. */
const at = (text) => `${text}+06:00`;

for (const n of [1, 2]) {
  const child = { iin: `p:child-${n}`, born: "2015-05-02" };
  tell(register.apply({ type: "submit", applicant: `p:parent-${n}`, child }, at(`2018-01-10T09:00:0${n}`)));
}
const places = { kindergarten: "bobek", group_year: 2015, language: "ru", places: 1 };
tell(register.apply({ type: "publish_vacancy", ...places }, at("2018-03-16T18:20:00")));
// Not the second one's turn yet: a denial is data, with its rule.
const choose = { type: "choose", application: "UO.2018.000002.1", vacancy: 1 };
tell(register.apply(choose, at("2018-03-26T18:19:59")));
// 21 to 23 March are holidays: the three working days end with 26 March, and the place opens to everybody.
tell(register.apply(choose, at("2018-03-27T00:00:00")));
console.log(register.digest());
