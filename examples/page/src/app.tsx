// The frame of the page: its head, its sections, and the view that the address names.

import type { JSX } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { library } from "./kezek";
import { Empty, Notice, Title } from "./parts/basic";
import { page, route, to } from "./router";
import { announced, me, portal, source, texts } from "./state";
import { speak, tongue, tongues, words } from "./words";
import { Apply } from "./views/apply";
import { ApplicationCard } from "./views/card";
import { Choose } from "./views/choose";
import { Entrance } from "./views/entrance";
import { Journal } from "./views/journal";
import { Queue, Vacancies } from "./views/lists";
import { Machine } from "./views/machine";
import { Enrolled, Places, Referrals, Review } from "./views/staff";
import { Welcome } from "./views/welcome";
import { Why } from "./views/why";

/** Everything on the page. */
export function App(): JSX.Element {
  const { value: say } = words;
  const demo = source.value.world !== null;
  useEffect(() => {
    document.title = say.site;
  }, [say]);
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {say.skip}
      </a>
      <header class="head">
        <div class="head-row">
          <a class="brand" href={to()}>
            <Mark />
            <span>
              <strong>{say.site}</strong>
              <small>{demo ? say.town : say.townCards}</small>
            </span>
          </a>
          <Who />
          <div class="head-tools">
            <Languages />
            <Look />
          </div>
        </div>
        <Sections />
      </header>
      <main id="main" tabIndex={-1}>
        <Guarded key={page()} />
      </main>
      <footer class="foot">
        <p>{demo ? say.footer : say.footerCards}</p>
      </footer>
      <Machine />
      <p class="hidden" role="status" aria-live="polite" id="announced">
        {announced.value}
      </p>
    </>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** The view, or what is wrong with it. */
function Guarded(): JSX.Element {
  const [error, reset] = useErrorBoundary();
  const { value: say } = words;
  if (error === undefined) return <View />;
  const told = error instanceof library().KezekError ? texts.value.error(error.code as never) : String(error);
  return (
    <>
      <Title>{say.failedTitle}</Title>
      <Notice kind="error">
        <p>{told}</p>
      </Notice>
      <p class="send">
        <button type="button" onClick={() => reset()}>{say.again}</button>
        <a class="button" href={to("journal")}>{say.home}</a>
      </p>
    </>
  );
}

function View(): JSX.Element {
  const [name, application, more] = route.value;
  const who = me.value;
  if (name === "queue" && portal.value === null) return <Queue />;
  if (name === "vacancies" && portal.value === null) return <Vacancies />;
  if (portal.value !== null && (name === undefined || who === null)) return <Entrance />;
  if (name === undefined || who === null) return source.value.world === null ? <Journal /> : <Welcome />;
  switch (name) {
    case "journal":
      return <Journal />;
    case "apply":
      return <Apply />;
    case "application":
      if (application === undefined) return <Journal />;
      if (more === "choose") return <Choose application={application} />;
      if (more === "why") return <Why application={application} />;
      return <ApplicationCard key={application} application={application} />;
    case "places":
      return <Places />;
    case "referrals":
      return <Referrals />;
    case "enrolled":
      return <Enrolled />;
    case "review":
      return <Review />;
    default:
      return <Empty>{words.value.notFound}</Empty>;
  }
}

/** The sections that whoever is here may open. */
function Sections(): JSX.Element | null {
  const { value: say } = words;
  const { value: text } = texts;
  const who = me.value;
  if (!source.value.registers) return null;
  // A portal's page is the family's: the lists and the offices are the demo's.
  const open = source.value.world === null ? [] : ([["queue", say.queue], ["vacancies", say.vacancies]] as const);
  const own: readonly (readonly [string, string])[] =
    who === null
      ? []
      : who.role === "applicant"
        ? [["journal", say.journal], ["apply", text.button("apply")]]
        : who.role === "staff"
          ? [["places", say.cabinet], ["referrals", say.referrals], ["enrolled", say.enrolled]]
          : [["review", say.review]];
  const current = route.value[0] === "application" ? "journal" : route.value[0];
  return (
    <nav class="sections" aria-label={say.menu}>
      <ul>
        {[...own, ...open].map(([name, label]) => (
          <li key={name}>
            <a href={to(name)} aria-current={current === name ? "page" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Who is here, and the way to be somebody else. */
function Who(): JSX.Element | null {
  const { value: say } = words;
  const { value: text } = texts;
  const who = me.value;
  if (who === null || !source.value.registers) return null;
  const name = who.role === "applicant" ? who.iin : who.role === "staff" ? `«${who.kindergarten}»` : say.department;
  return (
    <p class="me">
      <span>
        <small>{text.role(who.role)}</small>
        <strong>{name}</strong>
      </span>
      <a href={to()}>{say.change}</a>
    </p>
  );
}

function Languages(): JSX.Element {
  return (
    <div class="languages" role="group" aria-label={words.value.language}>
      {tongues.map(([name, short, long]) => (
        <button key={name} type="button" lang={name} aria-pressed={tongue.value === name} title={long} onClick={() => speak(name)}>
          {short}
        </button>
      ))}
    </div>
  );
}

const looks = ["auto", "light", "dark"] as const;

function Look(): JSX.Element {
  const { value: say } = words;
  const kept = localStorage.getItem("kezek-look");
  const [look, setLook] = useState<(typeof looks)[number]>(kept === "light" || kept === "dark" ? kept : "auto");
  useEffect(() => {
    if (look === "auto") delete document.documentElement.dataset["look"];
    else document.documentElement.dataset["look"] = look;
    localStorage.setItem("kezek-look", look);
  }, [look]);
  const names = { auto: say.lookAuto, light: say.lookLight, dark: say.lookDark };
  const label = `${say.look}: ${names[look]}`;
  return (
    <button type="button" class="icon" title={label} aria-label={label} onClick={() => setLook(looks[(looks.indexOf(look) + 1) % 3] ?? "auto")}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2" />
        {look !== "light" && <path d={look === "dark" ? "M12 4a8 8 0 0 0 0 16 8 8 0 0 0 0-16" : "M12 4a8 8 0 0 0 0 16Z"} fill="currentColor" />}
      </svg>
    </button>
  );
}

/** The mark: a sun over the roof of a house. */
function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true">
      <rect width="40" height="40" rx="11" class="mark-sky" />
      <circle cx="20" cy="15" r="5.5" class="mark-sun" />
      {Array.from({ length: 12 }, (_, ray) => (
        <path key={ray} d="M20 7.2V4.4" class="mark-ray" transform={`rotate(${ray * 30} 20 15)`} />
      ))}
      <path d="m8 29 12-8.5L32 29v4H8Z" class="mark-roof" />
    </svg>
  );
}
