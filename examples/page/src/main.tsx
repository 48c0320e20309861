// Loads the rules and the applications, then shows the page: the demo, cards from an address (`?cards=URL`), or
// a portal's (`?portal=/api/v1/settlements/ID`).

import { render } from "preact";
import { App } from "./app";
import { story } from "./demo/story";
import { cardsOnly, whole } from "./kezek";
import { cardSource, registerSource } from "./source";
import { clockOf, demoOf } from "./portal";
import { demo, enterPortal, me, portal, source, startClock } from "./state";
import { remembered } from "./views/welcome";
import { words } from "./words";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/views.css";

const page = document.getElementById("page");
if (page === null) throw new Error("there is no place for the page");
const place = page;

async function start(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const cards = asked.get("cards");
  const base = asked.get("portal");
  if (base !== null) {
    await cardsOnly();
    portal.value = base;
    demo.value = await demoOf();
    const kept = sessionStorage.getItem("kezek-token");
    if (kept === null || !(await enterPortal(kept))) await enterPortal(null);
    startClock(await clockOf(demo.value));
  } else if (cards === null) {
    const world = story(await whole());
    source.value = registerSource(world);
    me.value = remembered();
    startClock(world.now);
  } else {
    await cardsOnly();
    source.value = await cardSource(cards, asked.get("post"));
    me.value = { role: "applicant", iin: asked.get("iin") ?? "" };
    startClock(asked.get("now") === null ? Math.floor(Date.now() / 1000) * 1000 : Date.parse(asked.get("now") ?? ""));
  }
  place.replaceChildren();
  render(<App />, place);
}

function Failed(props: { readonly why: string }) {
  const { value: say } = words;
  return (
    <main class="failed">
      <h1>{say.failedTitle}</h1>
      <p>{say.failedCards}</p>
      <p class="quiet">{props.why}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {say.again}
      </button>
    </main>
  );
}

start().catch((error: unknown) => {
  place.replaceChildren();
  render(<Failed why={String(error)} />, place);
});
