// Made by bindings-wasm/generate.mjs from the JSON Schema; not edited by hand.

/**
 * Takes the child in («Принять в ДДО»), R71.
 */
export type AcceptCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "accept";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "accept";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "accept";
    };
/**
 * Who asks.
 */
export type Actor =
  | {
      /**
       * The person.
       */
      iin: Person;
      role: "applicant";
    }
  | {
      /**
       * The kindergartens served.
       */
      kindergartens: readonly Kindergarten[];
      role: "staff";
    }
  | {
      role: "department";
    }
  | {
      /**
       * A name.
       */
      name: string;
      role: "operator";
    };
/**
 * The number of an application. Two are the same when they are equal after У→U, О→O.
 */
export type ApplicationNumber = string;
/**
 * A kind of `Authority`.
 */
export type AuthorityKind = "court" | "department" | "operator";
/**
 * The id of a benefit in the policy's list.
 */
export type BenefitId = string;
/**
 * A button (кнопка / батырма). Those that begin a command carry its name, so that a page can put labels on the rows of `View::permissions`; the others open, complete or close something.
 */
export type Button =
  | "apply"
  | "send"
  | "sign"
  | "confirm_interest"
  | "confirm"
  | "change_benefit"
  | "withdraw"
  | "choose"
  | "ok"
  | "sign_and_send"
  | "recall_referral"
  | "confirm_recall"
  | "extend_referral"
  | "extend"
  | "cancel"
  | "download"
  | "add_places"
  | "save"
  | "do_not_save"
  | "add"
  | "search"
  | "download_child_card"
  | "accept"
  | "refuse"
  | "mark_departure"
  | "pass_turn"
  | "link_parent"
  | "record_visit"
  | "prove_benefit"
  | "uphold_refusal"
  | "overturn_refusal";
/**
 * The buttons that somebody may see on an application.
 */
export type ButtonsQuestion =
  | {
      referral: ReferralNumber;
      /**
       * For whom.
       */
      by: Actor;
      view: "buttons";
    }
  | {
      application: ApplicationNumber;
      /**
       * For whom.
       */
      by: Actor;
      view: "buttons";
    }
  | {
      child: Person;
      /**
       * For whom.
       */
      by: Actor;
      view: "buttons";
    };
/**
 * Why no date is told.
 */
export type CannotTell =
  | {
      /**
       * Where it stands.
       */
      stage: Stage;
      why: "not_in_queue";
    }
  | {
      why: "inactive";
    }
  | {
      why: "paused";
    }
  | {
      /**
       * The date of its first event, if there was one.
       */
      since: Day | null;
      why: "young_register";
    }
  | {
      why: "no_places_seen";
    }
  | {
      why: "too_far";
    }
  | {
      /**
       * The first date that is too late.
       */
      limit: Day;
      why: "too_old_before";
    }
  | {
      /**
       * So many of a hundred would have.
       */
      held_percent: number;
      why: "unsteady";
    }
  | {
      /**
       * So many would be enough.
       */
      needed: number;
      /**
       * So many.
       */
      samples: number;
      why: "thin_data";
    };
/**
 * Why an event happened.
 */
export type Cause = "command" | "due";
/**
 * What moves a number. `own_…` is about the application itself; `left_…` and `joined_…` about others that went from before it or came before it, in the order that the number counts.
 */
export type ChangeCause =
  | "own_registered"
  | "own_imported"
  | "own_reinstated"
  | "own_returned"
  | "own_benefit_changed"
  | "own_benefit_lost"
  | "own_corrected"
  | "own_enrolled"
  | "own_left"
  | "left_enrolled"
  | "left_withdrawn"
  | "left_closed"
  | "left_benefit_changed"
  | "left_corrected"
  | "joined_registered"
  | "joined_imported"
  | "joined_reinstated"
  | "joined_returned"
  | "joined_benefit_changed"
  | "joined_corrected"
  | "turns_given"
  | "policy_changed";
/**
 * Where an application was filed (R24).
 */
export type Channel = "portal" | "egov" | "centre";
/**
 * Why an application was closed.
 */
export type CloseReason =
  | "withdrawn"
  | "interest_lapsed"
  | "referrals_lapsed"
  | "refusal_upheld"
  | "age_limit"
  | "no_answer"
  | "departed"
  | "moved";
/**
 * An `Action` with what may stand beside it.
 */
export type Command =
  | SubmitCommand
  | ChangeBenefitCommand
  | ConfirmInterestCommand
  | LinkParentCommand
  | WithdrawCommand
  | PassTurnCommand
  | PublishVacancyCommand
  | ChooseCommand
  | ExtendReferralCommand
  | RecallReferralCommand
  | RecordVisitCommand
  | ProveBenefitCommand
  | AcceptCommand
  | RefuseCommand
  | UpholdRefusalCommand
  | OverturnRefusalCommand
  | MarkDepartureCommand
  | ImportCommand
  | ReinstateCommand
  | IssueReferralCommand
  | VoidReferralCommand
  | VoidEnrolmentCommand
  | VoidDepartureCommand
  | WithdrawPlacesCommand
  | UnlinkParentCommand
  | CorrectCommand
  | MoveOutCommand
  | ChangePolicyCommand
  | ChangeCalendarCommand
  | PauseCommand
  | ResumeCommand;
/**
 * By what a message goes: the addresses are the host's (R15).
 */
export type Contact = "email" | "phone";
/**
 * A local date of the register's zone.
 */
export type Day = string;
/**
 * One unmet condition of a command.
 */
export type Denial =
  | NotFoundDenial
  | PausedDenial
  | NotYoursDenial
  | SignatureRequiredDenial
  | AlreadyClosedDenial
  | NotInQueueDenial
  | StopListedDenial
  | NoActiveReferralDenial
  | UnderReviewDenial
  | NotUnderReviewDenial
  | NotEnrolledDenial
  | NumberTakenDenial
  | AlreadyInQueueDenial
  | AlreadyEnrolledDenial
  | WrongGroupYearDenial
  | TooYoungDenial
  | TooOldDenial
  | UnknownBenefitDenial
  | DocumentsRequiredDenial
  | NotYourTurnDenial
  | NoFreePlaceDenial
  | MustAcceptDenial
  | NoTermRunsDenial
  | AlreadyVisitedDenial
  | RecallWindowClosedDenial
  | ExtensionUsedDenial
  | ExtensionNotLaterDenial
  | ExtensionTooLongDenial
  | ReasonRequiredDenial
  | PlacesOutOfRangeDenial
  | PublicationClosedDenial
  | WrongStageDenial
  | LastParentDenial
  | NotPausedDenial;
/**
 * A document that the portal makes by itself.
 */
export type DocumentKind =
  "registration_notice" | "documents_receipt" | "record_book_entry" | "child_card" | "referral";
/**
 * What the host changes in its own rows, in the same transaction as the application.
 */
export type Effect =
  | {
      /**
       * Which place.
       */
      place: number;
      type: "place_taken";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * Which place.
       */
      place: number;
      type: "place_filled";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * Which place.
       */
      place: number;
      type: "place_offered";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * Whether this application has passed it by.
       */
      passed_by: boolean;
      /**
       * Which place.
       */
      place: number;
      type: "place_left";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * Which place.
       */
      place: number;
      type: "place_opened";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * Which place.
       */
      place: number;
      /**
       * Where it goes.
       */
      to: SeatGoes;
      type: "place_given_back";
      /**
       * The vacancy.
       */
      vacancy: number;
    }
  | {
      /**
       * The line.
       */
      group_year: number;
      type: "line_to_call";
    };
/**
 * What is wrong with an input, as a word that programs can match. In JSON `snake_case`.
 */
export type ErrorCode =
  | "malformed"
  | "unknown_policy"
  | "invalid_policy"
  | "not_found"
  | "not_settled"
  | "clock_moved_back"
  | "stale_revision"
  | "key_conflict"
  | "outside_calendar"
  | "numbers_exhausted"
  | "unsupported_format"
  | "corrupt_history";
/**
 * One thing that happened in a register. It holds all that taking it in needs: on replay nothing is decided again, so a journal gives the same register under every later version and calendar.
 */
export type KezekEvent =
  | OpenedEvent
  | RegisteredEvent
  | BenefitChangedEvent
  | BenefitProvedEvent
  | InterestConfirmedEvent
  | ParentLinkedEvent
  | VacancyPublishedEvent
  | TurnCameEvent
  | TurnLapsedEvent
  | SeatsOpenedEvent
  | TurnMovedEvent
  | SeatReturnedEvent
  | ReferralIssuedEvent
  | ReferralExtendedEvent
  | ReferralRecalledEvent
  | ReferralExpiredEvent
  | BenefitLostEvent
  | ReminderDueEvent
  | MadeInactiveEvent
  | RestoredEvent
  | StopListedEvent
  | StopListEndedEvent
  | VisitedEvent
  | RefusedEvent
  | RefusalUpheldEvent
  | RefusalOverturnedEvent
  | EnrolledEvent
  | DepartedEvent
  | ClosedEvent
  | ImportedEvent
  | ReinstatedEvent
  | ReferralVoidedEvent
  | EnrolmentVoidedEvent
  | DepartureVoidedEvent
  | PlacesWithdrawnEvent
  | ParentUnlinkedEvent
  | CorrectedEvent
  | PolicyAnnouncedEvent
  | PolicyChangedEvent
  | CalendarChangedEvent
  | PausedEvent
  | ResumedEvent
  | DeadlineMovedEvent;
/**
 * Extends the referral («Продлить направление»), R53-R55.
 */
export type ExtendReferralCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "extend_referral";
      /**
       * The new last good day.
       */
      until: Day;
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "extend_referral";
      /**
       * The new last good day.
       */
      until: Day;
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "extend_referral";
      /**
       * The new last good day.
       */
      until: Day;
    };
export type ExtensionBase = "expiry" | "issue" | "request";
/**
 * What is found, as a word that programs can match. In JSON `snake_case`.
 */
export type FindingCode =
  | "missing"
  | "iin_malformed"
  | "iin_check_digit"
  | "bin_not_iin"
  | "birth_date_malformed"
  | "birth_date_differs"
  | "birth_date_implausible"
  | "applicant_underage"
  | "email_malformed"
  | "email_unlikely"
  | "phone_malformed"
  | "phone_unlikely"
  | "same_contact"
  | "same_person"
  | "not_born_yet"
  | "too_old"
  | "unknown_benefit"
  | "documents_missing"
  | "documents_without_benefit"
  | "instruction_not_read";
/**
 * How bad a finding is. In JSON `snake_case`.
 */
export type FindingLevel = "error" | "warning";
/**
 * A policy as it is given: a name, what differs from one, or every value.
 */
export type GivenPolicy = PolicyName | PolicyOverBase | PolicyValues;
/**
 * A stated reason; a plain string is read as its text.
 */
export type GivenReason = string | Reason;
/**
 * R31, O20, F22: when interest must have been confirmed.
 */
export type Interest =
  | {
      counted_from: InterestBase;
      every: Term;
    }
  | {
      yearly_by: MonthDay;
    };
export type InterestBase = "registration" | "confirmation";
/**
 * A kindergarten, by a name of the host's choice.
 */
export type Kindergarten = string;
/**
 * The kind of a kindergarten (тип детского сада / балабақша түрі), R68. The flow is the same for all (O33).
 */
export type KindergartenKind = "state" | "private" | "mini_centre";
/**
 * The language of instruction of a place (язык обучения / оқыту тілі), R63. It is a property of the place, not of the application (R43, F43). `Texts` speak the same three.
 */
export type Language = "kk" | "ru" | "en";
export type LapsedTurnSeat = "free_choice" | "next_in_line";
/**
 * An instant: RFC 3339 with an offset, whole seconds.
 */
export type Moment = string;
/**
 * A day of every year; 29 February is none.
 */
export type MonthDay = string;
/**
 * Which end was moved.
 */
export type MovedEnd = "choose_by" | "recall_until" | "prove_by" | "expires_at" | "until";
export type NonResponse =
  | ("keep" | "close")
  | {
      inactive: {
        restore_within: Term;
        times: number;
      };
    };
/**
 * O28: what becomes of an application at the age limit.
 */
export type OnLimit = "close" | "keep";
/**
 * O30, F11, F16, F20: who is next inside a group year.
 */
export type Order =
  | {
      by: "registration";
    }
  | {
      benefit: number;
      by: "benefit_shares";
      ordinary: number;
    }
  | {
      by: "categories";
    };
/**
 * The department does not confirm it: the child must be accepted, R76.
 */
export type OverturnRefusalCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "overturn_refusal";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "overturn_refusal";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "overturn_refusal";
    };
export type Per = "referral" | "application";
/**
 * What may be done with an application, and what stands against it.
 */
export type PermissionsQuestion =
  | {
      referral: ReferralNumber;
      /**
       * For whom; else whoever may.
       */
      by?: Actor | null;
      view: "permissions";
    }
  | {
      application: ApplicationNumber;
      /**
       * For whom; else whoever may.
       */
      by?: Actor | null;
      view: "permissions";
    }
  | {
      child: Person;
      /**
       * For whom; else whoever may.
       */
      by?: Actor | null;
      view: "permissions";
    };
/**
 * A person: twelve digits with a right check digit (IIN), or "p:" and 1 to 64 characters, a pseudonym of the host's choice. The check digit is not said here.
 */
export type Person = string;
/**
 * A shipped policy, by its name.
 */
export type PolicyName = "akmola-2018" | "aktobe-2018" | "astana-2018" | "astana-2019" | "kz-2025";
/**
 * A question (wire.md 4).
 */
export type Question =
  | ApplicationQuestion
  | CardQuestion
  | FormQuestion
  | PositionQuestion
  | ExplainPositionQuestion
  | PermissionsQuestion
  | ButtonsQuestion
  | PermissionsAtQuestion
  | NextDeadlineQuestion
  | DeadlinesQuestion
  | VacanciesQuestion
  | JournalQuestion
  | ArchiveQuestion
  | ReferralQuestion
  | EnrolledQuestion
  | QueueQuestion
  | HistoryQuestion
  | DocumentsQuestion
  | MessagesQuestion
  | OverridesQuestion
  | ForecastQuestion
  | PreviewPolicyQuestion
  | SealQuestion
  | ProofQuestion
  | DigestQuestion;
/**
 * Gives the referral back («Отозвать направление»), R56-R59.
 */
export type RecallReferralCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "recall_referral";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "recall_referral";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "recall_referral";
    };
/**
 * Notes that the family came; the referral's term ends (O25).
 */
export type RecordVisitCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "record_visit";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "record_visit";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "record_visit";
    };
/**
 * The number of a referral: ten digits. A string: leading zeros are kept.
 */
export type ReferralNumber = string;
/**
 * The processing card of a referral (R69, R70).
 */
export type ReferralQuestion =
  | {
      referral: ReferralNumber;
      view: "referral";
    }
  | {
      application: ApplicationNumber;
      view: "referral";
    }
  | {
      child: Person;
      view: "referral";
    };
/**
 * Refuses, for review by the department («Отказать»), R73, R74.
 */
export type RefuseCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "refuse";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "refuse";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "refuse";
    };
/**
 * What a reminder is of.
 */
export type ReminderOf = "interest" | "referral" | "turn";
/**
 * How exactly the public list tells when somebody registered. In JSON `snake_case`.
 */
export type Rounding = "second" | "day";
/**
 * The id of a rule: stated in an instruction (R47), decided (O13) or a fact (F18).
 */
export type Rule = string;
/**
 * Where a place goes that was given back (O13).
 */
export type SeatGoes = "next_in_line" | "free_choice" | "staff";
/**
 * R11: whether the acts that need one must carry an electronic signature (ЭЦП / ЭЦҚ).
 */
export type Signature = "required" | "optional";
/**
 * Where an application stands (состояние заявления / өтініштің күйі). One state, and the portal's lists show its text (O06).
 */
export type Stage =
  "queued" | "notified" | "referred" | "under_review" | "stop_listed" | "inactive" | "enrolled" | "closed";
/**
 * A SHA-256: 64 hexadecimal digits.
 */
export type Sum = string;
/**
 * A length of time: so many of one unit.
 */
export type Term =
  | {
      working_days: number;
    }
  | {
      calendar_days: number;
    }
  | {
      hours: number;
    }
  | {
      months: number;
    }
  | {
      years: number;
    };
export type TermEnd = "end_of_day" | "same_time";
/**
 * What a benefit does to the order of the queue.
 */
export type Tier = "out_of_turn" | "priority" | "listed";
/**
 * The department confirms a refusal, R75.
 */
export type UpholdRefusalCommand =
  | {
      referral: ReferralNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "uphold_refusal";
    }
  | {
      application: ApplicationNumber;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "uphold_refusal";
    }
  | {
      child: Person;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "uphold_refusal";
    };
/**
 * The state of a vacancy (состояние), R62. It is kept when no place is left (R67).
 */
export type VacancyState = "waiting" | "free_choice";
/**
 * Annuls a referral without a lapse.
 */
export type VoidReferralCommand =
  | {
      referral: ReferralNumber;
      /**
       * On whose authority.
       */
      authority: Authority;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "void_referral";
    }
  | {
      application: ApplicationNumber;
      /**
       * On whose authority.
       */
      authority: Authority;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "void_referral";
    }
  | {
      child: Person;
      /**
       * On whose authority.
       */
      authority: Authority;
      /**
       * Who asks. With it role and ownership are checked; without it the host vouches for the call.
       */
      by?: Actor | null;
      /**
       * The revision that the host decided on.
       */
      expected_revision?: number | null;
      /**
       * The host's own object, at most 4 KiB: kept, never read by the rules.
       */
      ext?: {
        [k: string]: unknown;
      } | null;
      /**
       * The host's name for this request: asked again, it is answered with the first outcome.
       */
      key?: string | null;
      /**
       * Why.
       */
      reason: GivenReason;
      /**
       * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
       */
      signature?: string | null;
      type: "void_referral";
    };
/**
 * An event of the journal: its `seq`, or all of it as the journal holds it.
 */
export type WhichEvent = number | KezekEvent;
/**
 * A time zone of Kazakhstan, by its IANA name.
 */
export type Zone =
  | "Asia/Almaty"
  | "Asia/Qostanay"
  | "Asia/Qyzylorda"
  | "Asia/Aqtobe"
  | "Asia/Aqtau"
  | "Asia/Atyrau"
  | "Asia/Oral";

/**
 * R41, R42: what becomes of the place and of the application when nothing was chosen in time.
 */
export interface AfterChoiceWindow {
  application: NonResponse;
  seat: LapsedTurnSeat;
}
/**
 * R41, R42: what becomes of the place and of the application when nothing was chosen in time.
 */
export interface AfterChoiceWindowOverBase {
  application?: NonResponse;
  seat?: LapsedTurnSeat;
}
/**
 * R36, R37, O02, F29, R12, F04: from what age a place may be chosen, and until what age the service is for.
 */
export interface Age {
  choose_from: Term;
  on_reaching_limit: OnLimit;
  until: Term;
}
/**
 * R36, R37, O02, F29, R12, F04: from what age a place may be chosen, and until what age the service is for.
 */
export interface AgeOverBase {
  choose_from?: Term;
  on_reaching_limit?: OnLimit;
  until?: Term;
}
/**
 * The application is closed.
 */
export interface AlreadyClosedDenial {
  code: "already_closed";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The child is enrolled (O27).
 */
export interface AlreadyEnrolledDenial {
  code: "already_enrolled";
  /**
   * With this application.
   */
  found: string;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The child has an active application (O27).
 */
export interface AlreadyInQueueDenial {
  code: "already_in_queue";
  /**
   * Its number.
   */
  found: string;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The visit is noted already (O25).
 */
export interface AlreadyVisitedDenial {
  code: "already_visited";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The answer to each question, by its view.
 */
export interface Answers {
  application: ApplicationView;
  archive: ApplicationView[];
  buttons: ButtonRow[];
  card: CardRow;
  deadlines: DeadlineView[];
  /**
   * The SHA-256 of the canonical state, equal in every language.
   */
  digest: string;
  documents: DocumentView[];
  enrolled: EnrolledRow[];
  explain_position: PositionChange;
  forecast: Forecast;
  form: CheckedForm;
  history: KezekEvent[];
  journal: ApplicationView[];
  messages: Message[];
  next_deadline: DeadlineView | null;
  overrides: OverrideRow[];
  permissions: Permission[];
  position: PositionView;
  preview_policy: PolicyEffect[];
  proof: Proof;
  queue: QueueRow[];
  referral: ReferralView;
  seal: Seal;
  vacancies: VacancyRow[];
}
/**
 * Who files the application («Заявитель»), as typed or as the State database filled it in (R14).
 */
export interface ApplicantForm {
  /**
   * «Дополнительный Email».
   */
  additional_email?: string | null;
  /**
   * «Дополнительный телефон».
   */
  additional_phone?: string | null;
  /**
   * «Дата рождения»: `2018-09-09` or `09.09.2018`. Only looked at; the register does not keep it.
   */
  born?: string | null;
  /**
   * «E-mail».
   */
  email?: string | null;
  /**
   * «ИИН»: twelve digits, or a pseudonym.
   */
  iin?: string | null;
  /**
   * «Телефон»: +7 and ten digits.
   */
  phone?: string | null;
}
/**
 * Where an application stands.
 */
export interface ApplicationQuestion {
  application: ApplicationNumber;
  view: "application";
}
/**
 * An application as its parent sees it. What does not apply where it stands is none.
 */
export interface ApplicationView {
  /**
   * Its number.
   */
  application: ApplicationNumber;
  /**
   * The benefit.
   */
  benefit: BenefitId | null;
  /**
   * The first instant that is too late to choose (R40).
   */
  choose_by: Moment | null;
  /**
   * The first instant that is too late to come (R47).
   */
  expires_at: Moment | null;
  /**
   * Its line.
   */
  group_year: number;
  /**
   * Of this kindergarten.
   */
  kindergarten: Kindergarten | null;
  /**
   * Referrals that were let expire (R51).
   */
  lapses: number;
  /**
   * With a referral: whether the kindergarten must accept the child (R76).
   */
  must_accept: boolean | null;
  /**
   * The first instant that is too late to confirm interest (R31).
   */
  next_due: Moment | null;
  /**
   * Why it was closed.
   */
  reason: CloseReason | null;
  /**
   * The first instant that is too late to give the referral back (R56).
   */
  recall_until: Moment | null;
  /**
   * The referral: a live one, or the one that it was enrolled with.
   */
  referral: ReferralNumber | null;
  /**
   * Since when it is in the queue («в очереди с»).
   */
  registered_at: Moment;
  /**
   * Where it stands.
   */
  stage: Stage;
  /**
   * The first instant after the stop-list (R48).
   */
  until: Moment | null;
}
/**
 * Closed applications (R30).
 */
export interface ArchiveQuestion {
  /**
   * At most so many rows.
   */
  limit?: number | null;
  /**
   * So many rows are passed over.
   */
  offset?: number | null;
  view: "archive";
}
/**
 * On whose authority an operator acts.
 */
export interface Authority {
  /**
   * The document that says so: a judgment, an order, a ticket.
   */
  document: string;
  /**
   * What kind.
   */
  kind: AuthorityKind;
}
/**
 * A benefit that a policy knows (R17, F10, F11).
 */
export interface Benefit {
  id: BenefitId;
  /**
   * What people call it.
   */
  names?: Names | null;
  /**
   * F18: to be proved with papers within this term of the referral.
   */
  prove_within?: Term | null;
  /**
   * O30: with categories, the lower the earlier.
   */
  rank?: number | null;
  tier: Tier;
}
/**
 * Another benefit, or none (R27).
 */
export interface BenefitChangedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * The new one.
   */
  benefit: BenefitId | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * How many documents are attached.
   */
  documents: number;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "benefit_changed";
}
/**
 * The benefit was not proved in time (F18).
 */
export interface BenefitLostEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "benefit_lost";
}
/**
 * The benefit's papers were seen (F18).
 */
export interface BenefitProvedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "benefit_proved";
}
/**
 * A button of the portal and whether it may be pressed: allowed, with its end, or every reason against it.
 */
export interface ButtonRow {
  /**
   * The command.
   */
  action: string;
  /**
   * Whether it would be done.
   */
  allowed: boolean;
  /**
   * Which; `Texts::button` says what stands on it.
   */
  button: Button;
  /**
   * What stands against it.
   */
  denials: Denial[];
  /**
   * While it is allowed: the end that runs for it, the first instant that is too late (R31, R40, R47, R56); none when none does. It is what a page shows; `until` is when the answer changes, by whatever comes.
   */
  ends: Moment | null;
  /**
   * Whether the command must be signed (R11): the button opens the window for that.
   */
  signed: boolean;
  /**
   * The first moment at which this answer changes by itself; none when none is known. Not a deadline to show: a choice is still allowed after the window if the place then opens. Ends are in `ButtonRow::ends` and the deadlines.
   */
  until: Moment | null;
}
/**
 * A calendar of working days, as it was known on one day.
 */
export interface CalendarValues {
  /**
   * Its name.
   */
  id: string;
  known_at: Day;
  /**
   * The years whose days are known; every other year is projected.
   */
  years: {
    [k: string]: CalendarYear;
  };
}
/**
 * Other working days.
 */
export interface CalendarChangedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * The years that changed.
   */
  calendar: CalendarValues;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The calendar as it is now.
   */
  stamp: CalendarStamp;
  type: "calendar_changed";
  /**
   * The vacancies whose waiting places open later for it.
   */
  vacancies?: readonly LaterOpening[];
}
/**
 * The calendar that a register counts by, as its first event names it.
 */
export interface CalendarStamp {
  /**
   * The SHA-256 of its content.
   */
  hash: string;
  /**
   * Its id.
   */
  id: string;
  /**
   * As known at that date.
   */
  known_at: Day;
}
/**
 * What a calendar knows of one year: all that differs from Monday to Friday worked, Saturday and Sunday off.
 */
export interface CalendarYear {
  /**
   * Every day off beside Saturdays and Sundays: holidays, the days observed for them, Kurban Ait, days to which a rest was moved (перенос / ауыстыру).
   */
  off: readonly Day[];
  /**
   * Every Saturday and Sunday that is worked.
   */
  on: readonly Day[];
}
/**
 * What else the rules remember of an application. A host that stores it needs to know nothing of it; one that fills a card by hand sets what applies to the stage.
 */
export interface CardDetails {
  /**
   * The ends that run, with what set them. Where one is missing, the application's own field tells it.
   */
  ends?: {
    [k: string]: unknown;
  };
  /**
   * Extensions over all referrals (O09).
   */
  extensions?: number;
  /**
   * A referral that was taken over under its own number.
   */
  foreign?: ReferralNumber | null;
  /**
   * How often no answer came (F26).
   */
  inactivations?: number;
  /**
   * When interest was last confirmed; without it when the row was made, else the registration. Reminders are given of what lies after it (O24).
   */
  interest_since?: Moment | null;
  /**
   * With a referral or a review: when the referral was issued (R46).
   */
  issued_at?: Moment | null;
  /**
   * The kindergarten of the last referral.
   */
  last_kindergarten?: Kindergarten | null;
  /**
   * Whether the benefit's papers were seen (F18).
   */
  proved?: boolean;
  /**
   * How often that referral was extended (R53).
   */
  referral_extensions?: number;
  /**
   * How many referrals were issued (R84).
   */
  referrals?: number;
  /**
   * Reminders that were given of ends that still run.
   */
  reminded?: unknown[];
  /**
   * With a turn, a referral or a review: the place that it is for. After a referral by which the child was enrolled: that one.
   */
  seat?: Seat | null;
  /**
   * Whether the family came (O25).
   */
  visited?: boolean;
}
/**
 * An application, and what the rules need to know around it: a card.
 */
export interface CardQuestion {
  application: ApplicationNumber;
  view: "card";
}
/**
 * A card as a portal fills it from its own rows, and as it stands on the wire.
 */
export interface CardRow {
  /**
   * Who filed it.
   */
  applicant: Person;
  /**
   * The application as its parent sees it: its stage, and the ends that run there.
   */
  application: ApplicationView;
  /**
   * The calendar: its id, and the days that the terms can reach. Without one: that of Kazakhstan.
   */
  calendar: CalendarValues;
  /**
   * The child.
   */
  child: Child;
  /**
   * Under benefit shares: where the line's cycle stands, as the last `turn_came` says (F11).
   */
  cycle: number;
  /**
   * What else the rules remember of the application.
   */
  details: CardDetails;
  /**
   * Another application with which the child is enrolled (O27).
   */
  enrolled_with: ApplicationNumber | null;
  /**
   * When it was made: time goes on from there, and what was to be reminded of before, the host has. Needed with places that it may be offered (`free`); without it nothing is known to be past.
   */
  made_at: Moment | null;
  /**
   * The number that its next referral gets; without one the serial and the next ordinal (R84).
   */
  next_referral: ReferralNumber | null;
  /**
   * Linked parents (R06).
   */
  parents: Person[];
  /**
   * Whether every clock stands.
   */
  paused: boolean;
  /**
   * All places of its line together; without them those of `vacancies`.
   */
  places: LinePlaces | null;
  /**
   * The policy: the name of a shipped one, or a whole one.
   */
  policy: GivenPolicy;
  /**
   * The date of the policy: since when it holds without a pause, where that is not from the beginning.
   */
  policy_since: Moment | null;
  /**
   * The revision of the register that it tells of.
   */
  revision: number;
  /**
   * Its serial in the register, 1 to 999,999: breaks ties, and makes referral numbers (R84).
   */
  serial: number;
  /**
   * Whether its turn has come: so it is `notified`.
   */
  turn: boolean | null;
  /**
   * The vacancies that it can be asked about.
   */
  vacancies: Offer[];
  /**
   * The first moment at which something of anybody else falls due.
   */
  valid_until: Moment | null;
}
/**
 * Changes or drops the benefit («Изменить льготность»), R27.
 */
export interface ChangeBenefitCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * The new one; none drops it.
   */
  benefit: BenefitId | null;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * How many documents are attached.
   */
  documents?: number | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "change_benefit";
}
/**
 * Other working days; running terms get longer where that makes them, never shorter.
 */
export interface ChangeCalendarCommand {
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The years that change.
   */
  calendar: CalendarValues;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "change_calendar";
}
/**
 * A part of a change: all events of one cause that moved the number in one direction. What moved it forward never hides what moved it back.
 */
export interface ChangePart {
  /**
   * What moved it.
   */
  cause: ChangeCause;
  /**
   * By how much, together; never 0.
   */
  change: number;
  /**
   * How many events.
   */
  count: number;
  /**
   * Their places in the journal (`seq`), the oldest first.
   */
  events: number[];
  /**
   * With `ChangeCause::LeftClosed` and `ChangeCause::OwnLeft`: why it was closed.
   */
  reason?: CloseReason | null;
}
/**
 * Other rules from a moment on; running terms keep their end.
 */
export interface ChangePolicyCommand {
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * From when.
   */
  from: Moment;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The new policy, in the same zone.
   */
  policy: GivenPolicy;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "change_policy";
}
/**
 * A form that was looked through: everything found in it at once, and what comes of it.
 */
export interface CheckedForm {
  /**
   * The `submit`; none while there is an error. Warnings do not stand in its way.
   */
  command: SubmitCommand | null;
  /**
   * The contacts as they are to be kept: the host's, no part of the command.
   */
  contacts: Contacts;
  /**
   * Everything found, in the order of the form's fields.
   */
  findings: Finding[];
}
/**
 * A child, as an application names it (R16).
 */
export interface Child {
  /**
   * The birth date; the number's own is only compared with it (F35).
   */
  born: Day;
  /**
   * The child's number, or a pseudonym.
   */
  iin: Person;
}
/**
 * The child («Ребенок» / «Бала»), as typed (R16).
 */
export interface ChildForm {
  /**
   * «Дата рождения»: `2018-09-09` or `09.09.2018`.
   */
  born?: string | null;
  /**
   * «ИИН ребенка»: twelve digits, or a pseudonym.
   */
  iin?: string | null;
}
/**
 * Chooses a place and gets the referral at once («Выбрать государственный детский сад»), R35-R44.
 */
export interface ChooseCommand {
  /**
   * For which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "choose";
  /**
   * The vacancy.
   */
  vacancy: number;
}
/**
 * Out of the queue for good.
 */
export interface ClosedEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Why.
   */
  reason: CloseReason;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "closed";
}
/**
 * Confirms the interest («Подтвердить заинтересованность»), R31-R34. The two presses of the button (R32) are one command.
 */
export interface ConfirmInterestCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "confirm_interest";
}
/**
 * Where the applicant is told that the turn has come (R15, R38), in one form each: personal data, for the host.
 */
export interface Contacts {
  /**
   * Another e-mail address.
   */
  additional_email: string | null;
  /**
   * Another phone.
   */
  additional_phone: string | null;
  /**
   * Without spaces around it, its domain in small letters.
   */
  email: string | null;
  /**
   * `+7` and ten digits.
   */
  phone: string | null;
}
/**
 * Corrects the birth date, the line or the benefit; the registration stays.
 */
export interface CorrectCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * The benefit: none keeps it, `Some(None)` drops it.
   */
  benefit?: BenefitId | null;
  /**
   * The birth date; the line follows it where none is named.
   */
  born?: Day | null;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The line (O29: the exceptions).
   */
  group_year?: number | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "correct";
}
/**
 * Birth date, line and benefit are now these.
 */
export interface CorrectedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * The benefit.
   */
  benefit: BenefitId | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * The birth date.
   */
  born: Day;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The line.
   */
  group_year: number;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "corrected";
}
/**
 * A running term ends later.
 */
export interface DeadlineMovedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The end that it had.
   */
  from: Moment;
  /**
   * How many days it has gained by pauses since it began.
   */
  gained?: number;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Which end.
   */
  of: MovedEnd;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The end that it has.
   */
  to: Moment;
  type: "deadline_moved";
}
/**
 * A deadline: a moment at which the register will record something if nothing is commanded before.
 */
export interface DeadlineView {
  /**
   * Whose it is; none for places that open.
   */
  application: ApplicationNumber | null;
  /**
   * When.
   */
  at: Moment;
  /**
   * The event that it brings.
   */
  brings: string;
  /**
   * A year of the calendar that is only projected was counted.
   */
  projected: boolean;
  /**
   * The rule that sets it.
   */
  rule: Rule;
}
/**
 * The deadlines of an application; without one those of all.
 */
export interface DeadlinesQuestion {
  application?: ApplicationNumber | null;
  view: "deadlines";
}
/**
 * The child has left the kindergarten (R78).
 */
export interface DepartedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * When it left.
   */
  date: Day;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Where it was.
   */
  kindergarten: Kindergarten;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Why.
   */
  reason: Reason;
  /**
   * With which referral it had come; none for one that was taken over without.
   */
  referral: ReferralNumber | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "departed";
}
/**
 * A departure was annulled: the child is enrolled again.
 */
export interface DepartureVoidedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * With which referral; none for one that was taken over without.
   */
  referral: ReferralNumber | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "departure_voided";
}
/**
 * The digest of the state.
 */
export interface DigestQuestion {
  view: "digest";
}
/**
 * A document and its date.
 */
export interface DocumentView {
  /**
   * When it was made.
   */
  at: Moment;
  /**
   * Which.
   */
  kind: DocumentKind;
}
/**
 * The documents of an application (R22, R45).
 */
export interface DocumentsQuestion {
  application: ApplicationNumber;
  view: "documents";
}
/**
 * A benefit is declared with documents (R17).
 */
export interface DocumentsRequiredDenial {
  code: "documents_required";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The kindergarten took the child in (R71).
 */
export interface EnrolledEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * With which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "enrolled";
}
/**
 * The children enrolled in a kindergarten (R72, R77).
 */
export interface EnrolledQuestion {
  kindergarten: Kindergarten;
  view: "enrolled";
}
/**
 * A row of the list of enrolled children (Список числящихся детей), R72, R77.
 */
export interface EnrolledRow {
  /**
   * Its application.
   */
  application: ApplicationNumber;
  /**
   * The child: personal data.
   */
  child: Person;
  /**
   * «Год».
   */
  group_year: number;
  /**
   * The referral that it came with; none for one that was taken over without.
   */
  referral: ReferralNumber | null;
}
/**
 * An enrolment was annulled: the referral runs again.
 */
export interface EnrolmentVoidedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * Its new end.
   */
  expires_at: Moment;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * Which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "enrolment_voided";
}
/**
 * Input that cannot be read. Nothing has changed.
 */
export interface WireError {
  code: ErrorCode;
  /**
   * What was expected there.
   */
  expected?: string;
  /**
   * With invalid_policy: the path of every fault.
   */
  fields?: string[];
  /**
   * What was found instead. A personal number is described, never quoted.
   */
  found?: string;
  /**
   * The field that is wrong, such as child.iin.
   */
  path?: string;
}
/**
 * Why the numbers of an application changed between two moments (R42, F13).
 */
export interface ExplainPositionQuestion {
  application: ApplicationNumber;
  /**
   * A whole journal that the host keeps; else the register's own events.
   */
  events?: KezekEvent[] | null;
  /**
   * After all that happened up to then.
   */
  from: Moment;
  /**
   * After all that happened up to then.
   */
  to: Moment;
  view: "explain_position";
}
/**
 * R53, R54: one more time for a referral.
 */
export interface Extension {
  /**
   * O08: what `max` counts from.
   */
  counted_from: ExtensionBase;
  /**
   * How much later than the base the new last good day may be.
   */
  max: Term;
  /**
   * O09: counted per referral or per application.
   */
  per: Per;
  /**
   * How many times.
   */
  times: number;
}
/**
 * The new end must be later than the present one (O37).
 */
export interface ExtensionNotLaterDenial {
  code: "extension_not_later";
  /**
   * Later than this day.
   */
  expected: Day;
  /**
   * The day named.
   */
  found: Day;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * R53, R54: one more time for a referral.
 */
export interface ExtensionOverBase {
  /**
   * O08: what `max` counts from.
   */
  counted_from?: ExtensionBase;
  /**
   * How much later than the base the new last good day may be.
   */
  max?: Term;
  /**
   * O09: counted per referral or per application.
   */
  per?: Per;
  /**
   * How many times.
   */
  times?: number;
}
/**
 * The new end is too far away (R53).
 */
export interface ExtensionTooLongDenial {
  code: "extension_too_long";
  /**
   * At the latest this day.
   */
  expected: Day;
  /**
   * The day named.
   */
  found: Day;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * No extension is left (R53).
 */
export interface ExtensionUsedDenial {
  code: "extension_used";
  /**
   * So many there are.
   */
  expected: number;
  /**
   * So many were used.
   */
  found: number;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * One thing found in a form.
 */
export interface Finding {
  /**
   * What it is.
   */
  code: FindingCode;
  /**
   * What was expected there.
   */
  expected?: string | null;
  /**
   * The path of the field, such as `child.iin`.
   */
  field: string;
  /**
   * What was found instead.
   */
  found?: string | null;
  /**
   * Whether it stands in the way.
   */
  level: FindingLevel;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * When an application's turn may come (когда подойдёт очередь / кезек қашан келеді). Exactly one of `turn` and `cannot_tell` is there.
 */
export interface Forecast {
  /**
   * How many are served before it as the line stands (`in_group_year` less one, R26).
   */
  ahead: number;
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * As of when.
   */
  asked_at: Moment;
  /**
   * What it was made from.
   */
  basis: ForecastBasis;
  /**
   * Why that is not told.
   */
  cannot_tell: CannotTell | null;
  /**
   * Places of its line in free choice that it could choose now, without waiting (R41); 0 for a child that is too young or must not choose.
   */
  free_now: number;
  /**
   * When the turn may come.
   */
  turn: ForecastTurn | null;
  /**
   * Those of them who wait for a turn; the others have a turn or a referral.
   */
  waiting_ahead: number;
}
/**
 * What a forecast was made from: the last 52 weeks of the line.
 */
export interface ForecastBasis {
  /**
   * Those who joined it.
   */
  joined: number;
  /**
   * Turns and referrals that led back into the line.
   */
  lapsed: number;
  /**
   * Those who left it without a turn.
   */
  left: number;
  /**
   * The line.
   */
  line: number;
  /**
   * Places that were published for it.
   */
  places: number;
  /**
   * The line whose last year stands for this one's next.
   */
  precedent: number;
  /**
   * From that date on (later where the register is younger).
   */
  since: Day;
  /**
   * Turns that came in the line.
   */
  turns: number;
  /**
   * To that date, itself included.
   */
  until: Day;
}
/**
 * When the turn may come.
 */
export interface ForecastQuestion {
  application: ApplicationNumber;
  view: "forecast";
}
/**
 * A range of local dates, both good, and how sure it is.
 */
export interface ForecastTurn {
  /**
   * So many of a hundred such forecasts would have held in this register: 50 to 99; 100 when the turn is now.
   */
  confidence: number;
  /**
   * The first date; not before the child is old enough (R36).
   */
  from: Day;
  /**
   * So many past forecasts say so; 0 when the turn is now.
   */
  samples: number;
  /**
   * The last date; before the age limit (R12).
   */
  to: Day;
}
/**
 * The form of a new application («Подать заявку»), everything as it was typed.
 */
export interface FormValues {
  /**
   * Step 1: who files it (R14).
   */
  applicant?: ApplicantForm;
  /**
   * The number that the host gives it (R80); else the register does.
   */
  application?: ApplicationNumber | null;
  /**
   * The category of the benefit, its id in the policy's list («Категория льготности»), R17.
   */
  benefit?: string | null;
  /**
   * Where it is filed (R24); the host's, not typed.
   */
  channel?: Channel | null;
  /**
   * Its number there («Номер ПЭП», «Номер ЦОН»), R24; the host's.
   */
  channel_number?: string | null;
  /**
   * Step 2: for whom (R16).
   */
  child?: ChildForm;
  /**
   * How many documents of the benefit are attached (R17).
   */
  documents?: number | null;
  /**
   * Whether the applicant has confirmed to have read the instruction (R13).
   */
  instruction_read?: boolean;
}
/**
 * What is found in an application form, and the command that it makes (R12-R19).
 */
export interface FormQuestion {
  form: FormValues;
  view: "form";
}
/**
 * Neighbouring places that wait without a turn and open at one moment.
 */
export interface FreePlaces {
  /**
   * The first of them.
   */
  from: number;
  /**
   * When they open if nobody can be offered them.
   */
  opens_at: Moment;
  /**
   * The last.
   */
  to: number;
}
/**
 * The history of an application (R25).
 */
export interface HistoryQuestion {
  application: ApplicationNumber;
  view: "history";
}
/**
 * Takes over an application of a running portal, with its number, registration and running terms.
 */
export interface ImportCommand {
  /**
   * Who filed it.
   */
  applicant: Person;
  /**
   * Its number there.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * The benefit.
   */
  benefit?: BenefitId | null;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * For whom.
   */
  child: Child;
  /**
   * The end of the choice window: with `notified`.
   */
  choose_by?: Moment | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The end of the referral: with `referred`.
   */
  expires_at?: Moment | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * Extensions used.
   */
  extensions?: number | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The kindergarten: with `enrolled` and no vacancy.
   */
  kindergarten?: Kindergarten | null;
  /**
   * Referrals that were let expire.
   */
  lapses?: number | null;
  /**
   * When interest must have been confirmed; else at the end of the running period.
   */
  next_due?: Moment | null;
  /**
   * Linked parents.
   */
  parents?: Person[] | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * The end of the recall window.
   */
  recall_until?: Moment | null;
  /**
   * The referral's number there; else the register gives one.
   */
  referral?: ReferralNumber | null;
  /**
   * Since when it is in the queue; not after now.
   */
  registered_at: Moment;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  /**
   * Where it stands; not closed.
   */
  stage: Stage;
  type: "import";
  /**
   * The end of the stop-list, or of the time to come back.
   */
  until?: Moment | null;
  /**
   * The vacancy whose place it holds.
   */
  vacancy?: number | null;
}
/**
 * An application of a running portal was taken over.
 */
export interface ImportedEvent {
  /**
   * Who filed it.
   */
  applicant: Person;
  /**
   * Its number.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * The benefit.
   */
  benefit: BenefitId | null;
  /**
   * The child's number tells another birth date (F35).
   */
  birth_date_differs: boolean;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * For whom.
   */
  child: Child;
  /**
   * The end of the choice window.
   */
  choose_by: Moment | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The end of the referral.
   */
  expires_at: Moment | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * Extensions used.
   */
  extensions: number;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * Its line.
   */
  group_year: number;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * The kindergarten.
   */
  kindergarten: Kindergarten | null;
  /**
   * Referrals that were let expire.
   */
  lapses: number;
  /**
   * When interest must have been confirmed.
   */
  next_due: Moment | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * Linked parents.
   */
  parents?: readonly Person[];
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number | null;
  /**
   * The end of the recall window.
   */
  recall_until: Moment | null;
  /**
   * The referral.
   */
  referral: ReferralNumber | null;
  /**
   * Since when it is in the queue.
   */
  registered_at: Moment;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * Its serial in this register.
   */
  serial: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * Where it stands.
   */
  stage: Stage;
  type: "imported";
  /**
   * The end of the stop-list, or of the time to come back.
   */
  until: Moment | null;
  /**
   * The vacancy whose place it holds.
   */
  vacancy: number | null;
}
/**
 * Interest was confirmed (R31).
 */
export interface InterestConfirmedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * When it must be confirmed next.
   */
  next_due: Moment | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "interest_confirmed";
}
/**
 * Issues a referral out of turn.
 */
export interface IssueReferralCommand {
  /**
   * For which application.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "issue_referral";
  /**
   * To a place of this vacancy.
   */
  vacancy: number;
}
/**
 * The applications of a person (R05, R06).
 */
export interface JournalQuestion {
  iin: Person;
  view: "journal";
}
/**
 * Nobody would be left to act for the application.
 */
export interface LastParentDenial {
  code: "last_parent";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * A vacancy whose waiting places open later.
 */
export interface LaterOpening {
  /**
   * How many days that has gained by pauses.
   */
  gained?: number;
  /**
   * When they open now.
   */
  opens_at: Moment;
  /**
   * Which.
   */
  vacancy: number;
}
/**
 * All places of a line together: what the button "choose" is judged by.
 */
export interface LinePlaces {
  /**
   * How many are in free choice.
   */
  open: number;
  /**
   * `free_choice` when a vacancy of the line is.
   */
  state: VacancyState;
  /**
   * How many wait for those whose turn it is.
   */
  waiting: number;
}
/**
 * Links the application to another parent's number, R06.
 */
export interface LinkParentCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The parent.
   */
  parent: Person;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "link_parent";
}
/**
 * Did not answer when the turn came (F26).
 */
export interface MadeInactiveEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "made_inactive";
  /**
   * The first instant that is too late to come back.
   */
  until: Moment;
}
/**
 * Notes that an enrolled child has left («Убыл» / «Кетті»), R77-R79.
 */
export interface MarkDepartureCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The day it left: kept, not judged.
   */
  date: Day;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "mark_departure";
}
/**
 * A message to one person or one office about one event (R38, O24).
 */
export interface Message {
  /**
   * About which application.
   */
  application: ApplicationNumber;
  /**
   * When that happened: a message that was not sent for a while should say so.
   */
  at: Moment;
  /**
   * By what.
   */
  channels: Contact[];
  /**
   * In English, where that was built in.
   */
  en?: string | null;
  /**
   * The event's place in the journal.
   */
  event: number;
  /**
   * The event's name: `turn_came`, `reminder_due`, `closed` …
   */
  kind: string;
  /**
   * In Kazakh, where that was built in.
   */
  kk?: string | null;
  /**
   * The matter is over: what it tells is no longer so, or nothing can be done about it any more. What stays true (an enrolment, a closing) is never late, however old. `event` and `to` together name a message, so that a host sends it once.
   */
  late: boolean;
  /**
   * In Russian, where that was built in.
   */
  ru?: string | null;
  /**
   * The rule by which it is sent.
   */
  rule: Rule;
  /**
   * Who is told.
   */
  to: Actor;
}
/**
 * Who is told of an event (R38, R39, O24).
 */
export interface MessagesQuestion {
  event: WhichEvent;
  view: "messages";
}
/**
 * Closes the application because the family has moved; the other settlement imports it.
 */
export interface MoveOutCommand {
  /**
   * Which.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "move_out";
}
/**
 * The department did not confirm the refusal: the child must be accepted (R76).
 */
export interface MustAcceptDenial {
  code: "must_accept";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * A name in each language.
 */
export interface Names {
  en?: string | null;
  kk?: string | null;
  ru?: string | null;
}
/**
 * The earliest deadline of all.
 */
export interface NextDeadlineQuestion {
  view: "next_deadline";
}
/**
 * No referral is live.
 */
export interface NoActiveReferralDenial {
  code: "no_active_referral";
  /**
   * Where the application stands.
   */
  found: Stage;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * No place is left (R35, O26).
 */
export interface NoFreePlaceDenial {
  code: "no_free_place";
  /**
   * The vacancy.
   */
  found?: number | null;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The referral's term no longer runs.
 */
export interface NoTermRunsDenial {
  code: "no_term_runs";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The child is not enrolled (R77).
 */
export interface NotEnrolledDenial {
  code: "not_enrolled";
  /**
   * Where the application stands.
   */
  found: Stage;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * What the command names does not exist.
 */
export interface NotFoundDenial {
  code: "not_found";
  /**
   * The field that names it.
   */
  expected: string;
  /**
   * What it says; a person is not repeated.
   */
  found: string;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The stage does not allow it: only in the queue.
 */
export interface NotInQueueDenial {
  code: "not_in_queue";
  /**
   * Where the application stands.
   */
  found: Stage;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The register is not paused.
 */
export interface NotPausedDenial {
  code: "not_paused";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * No refusal lies with the department (R75, R76).
 */
export interface NotUnderReviewDenial {
  code: "not_under_review";
  /**
   * Where the application stands.
   */
  found: Stage;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The turn has not come (R35).
 */
export interface NotYourTurnDenial {
  code: "not_your_turn";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The wrong role, or somebody else's application or kindergarten (R05, R08).
 */
export interface NotYoursDenial {
  code: "not_yours";
  /**
   * Who may.
   */
  expected: string;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * How one number changed, and what made it so.
 */
export interface NumberChange {
  /**
   * The number at the later moment; 0 where it does not count.
   */
  after: number;
  /**
   * The number at the earlier moment; 0 where the application did not count, or was not there yet.
   */
  before: number;
  /**
   * The parts of the change: one for each cause, reason and direction, in the order of `ChangeCause`; of one cause what moved it forward comes first.
   */
  causes: ChangePart[];
  /**
   * `after` less `before`: below 0 is nearer to the front.
   */
  change: number;
}
/**
 * The number belongs to another application (R80).
 */
export interface NumberTakenDenial {
  code: "number_taken";
  /**
   * The number.
   */
  found: string;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * A vacancy as a card shows it: what a choice of it is judged by, and which place it takes.
 */
export interface Offer {
  /**
   * The waiting places that no turn is for and that this application has not passed by (O14).
   */
  free?: FreePlaces[];
  /**
   * For which line.
   */
  group_year: number;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * How many are in free choice (R41).
   */
  open: number;
  /**
   * The first place in free choice.
   */
  open_place?: number | null;
  /**
   * Its state, kept when no place is left (R67).
   */
  state: VacancyState;
  /**
   * The vacancy's number.
   */
  vacancy: number;
  /**
   * How many of its places wait for those whose turn it is.
   */
  waiting: number;
  /**
   * The waiting place that somebody notified takes whose own turn is for a place elsewhere: the first that no turn is for, else the first of all but his own.
   */
  waiting_place?: number | null;
}
/**
 * The register was opened: always the first event.
 */
export interface OpenedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * The calendar.
   */
  calendar: CalendarStamp;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The journal's format: 1.
   */
  format: number;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The policy, whole.
   */
  policy: PolicyValues;
  /**
   * The prefix of the numbers that it gives (R80).
   */
  prefix: string;
  /**
   * The register's name.
   */
  register: string;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "opened";
}
/**
 * The answer to a command: what happened, and what stood against it.
 */
export interface Outcome {
  /**
   * Every unmet condition, the main one first; empty when the command was done.
   */
  denials: Denial[];
  /**
   * What happened; after a denied command only what had fallen due.
   */
  events: KezekEvent[];
}
/**
 * One of the operator's commands that was done.
 */
export interface OverrideRow {
  /**
   * About which application.
   */
  application: ApplicationNumber | null;
  /**
   * When.
   */
  at: Moment;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * By whom, where that was said.
   */
  by: Actor | null;
  /**
   * Why.
   */
  grounds: Reason | null;
  /**
   * How many waiting applications it put behind.
   */
  passed: number;
  /**
   * Its first event.
   */
  seq: number;
  /**
   * What that event says.
   */
  type: string;
}
/**
 * The operator's commands that were done.
 */
export interface OverridesQuestion {
  view: "overrides";
}
/**
 * Another parent may act for the application (R06).
 */
export interface ParentLinkedEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * The parent.
   */
  parent: Person;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "parent_linked";
}
/**
 * A parent's link was taken back.
 */
export interface ParentUnlinkedEvent {
  /**
   * From which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * The parent.
   */
  parent: Person;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "parent_unlinked";
}
/**
 * Gives the turn up before the window ends.
 */
export interface PassTurnCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "pass_turn";
}
/**
 * Stops every clock: nothing falls due, nothing else is done.
 */
export interface PauseCommand {
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "pause";
}
/**
 * The register is paused.
 */
export interface PausedDenial {
  code: "paused";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Every clock stands.
 */
export interface PausedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "paused";
}
/**
 * Whether an action is allowed now, with every reason against it.
 */
export interface Permission {
  /**
   * The command.
   */
  action: string;
  /**
   * Whether it would be done.
   */
  allowed: boolean;
  /**
   * What stands against it.
   */
  denials: Denial[];
  /**
   * The first moment at which this answer changes by itself; none when none is known. Not a deadline to show: a choice is still allowed after the window if the place then opens. Ends are in `ButtonRow::ends` and the deadlines.
   */
  until: Moment | null;
}
/**
 * What may be done with a kindergarten's places.
 */
export interface PermissionsAtQuestion {
  by?: Actor | null;
  kindergarten: Kindergarten;
  view: "permissions";
}
/**
 * Not so few or so many places.
 */
export interface PlacesOutOfRangeDenial {
  code: "places_out_of_range";
  /**
   * The range.
   */
  expected: string;
  /**
   * How many were named.
   */
  found: number;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Free places were taken out.
 */
export interface PlacesWithdrawnEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * How many.
   */
  places: number;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Which.
   */
  seats: readonly number[];
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "places_withdrawn";
  /**
   * Of which vacancy.
   */
  vacancy: number;
}
/**
 * The rules of one portal (правила портала / портал ережелері) as data.
 */
export interface PolicyValues {
  /**
   * R41, R42: when nothing was chosen in time.
   */
  after_choice_window: AfterChoiceWindow;
  /**
   * R36, R12, O28.
   */
  age: Age;
  /**
   * R17: the benefits that it knows.
   */
  benefits: readonly Benefit[];
  /**
   * F09: days on which no places are published.
   */
  blackouts: readonly Day[];
  /**
   * The id of the calendar that counts its working days.
   */
  calendar: string;
  /**
   * R40, O01: how long a notified applicant may choose.
   */
  choice_window: Term;
  /**
   * R53; null: no extension.
   */
  extension: Extension | null;
  /**
   * R31; null: interest need not be confirmed.
   */
  interest: Interest | null;
  /**
   * R51: so many lapses close the application; null: never.
   */
  lapses_to_removal: number | null;
  /**
   * Its name; every denial carries it.
   */
  name: string;
  /**
   * O30: who is next inside a group year.
   */
  order: Order;
  /**
   * What the public list says of benefits; not written where it is as usual.
   */
  public_list?: PublicList;
  /**
   * R56: how long the applicant may take a referral back; null: never.
   */
  recall_window: Term | null;
  /**
   * R47: how long a referral is good; the ten minutes of one screenshot are a test setting (O05).
   */
  referral_term: Term;
  /**
   * What somebody is reminded of, and how long before.
   */
  reminders: readonly Reminder[];
  /**
   * O13: where a place goes that was given back.
   */
  returned_seat: ReturnedSeat;
  /**
   * R11.
   */
  signature: Signature;
  /**
   * R48: how long a lapse blocks referrals; null: not at all.
   */
  stop_list_term: Term | null;
  /**
   * O03, O04: how terms in days run.
   */
  terms: Terms;
  /**
   * The zone in which days begin and end.
   */
  zone: Zone;
}
/**
 * Other rules will hold from a moment on.
 */
export interface PolicyAnnouncedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * From when.
   */
  from: Moment;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The new policy, whole.
   */
  policy: PolicyValues;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "policy_announced";
}
/**
 * Other rules hold from now on.
 */
export interface PolicyChangedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * From when.
   */
  from: Moment;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The new policy, whole.
   */
  policy: PolicyValues;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "policy_changed";
}
/**
 * A value in which two policies differ.
 */
export interface PolicyDifference {
  /**
   * The one policy's value.
   */
  one: {
    [k: string]: unknown;
  };
  /**
   * The other's.
   */
  other: {
    [k: string]: unknown;
  };
  /**
   * Its path: `choice_window`, `age.until`.
   */
  path: string;
}
/**
 * What another policy would change for one application. Only what changes is there.
 */
export interface PolicyEffect {
  /**
   * Which.
   */
  application: ApplicationNumber;
  /**
   * Its deadlines now and then.
   *
   * @minItems 2
   * @maxItems 2
   */
  deadlines?: [unknown, unknown] | null;
  /**
   * The commands whose answer changes, each with whether it is allowed then.
   */
  permissions?: [unknown, unknown][];
  /**
   * Its numbers now and then.
   *
   * @minItems 2
   * @maxItems 2
   */
  position?: [unknown, unknown] | null;
}
/**
 * What differs from a shipped policy: a record is merged key by key, everything else is replaced.
 */
export interface PolicyOverBase {
  /**
   * R41, R42: when nothing was chosen in time.
   */
  after_choice_window?: AfterChoiceWindowOverBase;
  /**
   * R36, R12, O28.
   */
  age?: AgeOverBase;
  base: PolicyName;
  /**
   * R17: the benefits that it knows.
   */
  benefits?: readonly Benefit[];
  /**
   * F09: days on which no places are published.
   */
  blackouts?: readonly Day[];
  /**
   * The id of the calendar that counts its working days.
   */
  calendar?: string;
  /**
   * R40, O01: how long a notified applicant may choose.
   */
  choice_window?: Term;
  /**
   * R53; null: no extension.
   */
  extension?: ExtensionOverBase | null;
  /**
   * R31; null: interest need not be confirmed.
   */
  interest?: Interest | null;
  /**
   * R51: so many lapses close the application; null: never.
   */
  lapses_to_removal?: number | null;
  /**
   * Its name; every denial carries it.
   */
  name?: string;
  /**
   * O30: who is next inside a group year.
   */
  order?: Order;
  /**
   * What the public list says of benefits; not written where it is as usual.
   */
  public_list?: PublicListOverBase;
  /**
   * R56: how long the applicant may take a referral back; null: never.
   */
  recall_window?: Term | null;
  /**
   * R47: how long a referral is good; the ten minutes of one screenshot are a test setting (O05).
   */
  referral_term?: Term;
  /**
   * What somebody is reminded of, and how long before.
   */
  reminders?: readonly Reminder[];
  /**
   * O13: where a place goes that was given back.
   */
  returned_seat?: ReturnedSeatOverBase;
  /**
   * R11.
   */
  signature?: Signature;
  /**
   * R48: how long a lapse blocks referrals; null: not at all.
   */
  stop_list_term?: Term | null;
  /**
   * O03, O04: how terms in days run.
   */
  terms?: TermsOverBase;
  /**
   * The zone in which days begin and end.
   */
  zone?: Zone;
}
/**
 * Why the numbers of an application changed between two moments: «Почему изменился номер в очереди» / «Кезек нөмірі неге өзгерді» (R26, R42, F13). It holds no personal data, and of other applications only the numbers of events and how many there were.
 */
export interface PositionChange {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * After all that happened up to then.
   */
  from: Moment;
  /**
   * Among those with the same benefit; 0 without one.
   */
  in_benefit: NumberChange;
  /**
   * In its group year, in the order of service.
   */
  in_group_year: NumberChange;
  /**
   * City-wide, by registration.
   */
  number: NumberChange;
  /**
   * After all that happened up to then.
   */
  to: Moment;
}
/**
 * The numbers of an application (R26).
 */
export interface PositionQuestion {
  application: ApplicationNumber;
  view: "position";
}
/**
 * The numbers of an application (номер очереди / кезек нөмірі), R26. All 0 when it does not count.
 */
export interface PositionView {
  /**
   * Among those with the same benefit; 0 without one.
   */
  in_benefit: number;
  /**
   * In its group year, in the order of service.
   */
  in_group_year: number;
  /**
   * City-wide, by registration.
   */
  number: number;
}
/**
 * What another policy would change.
 */
export interface PreviewPolicyQuestion {
  policy: GivenPolicy;
  view: "preview_policy";
}
/**
 * That an application stands at a number of its line, under a published root: some 20 sums, whatever the size of the queue.
 */
export interface Proof {
  /**
   * Whose.
   */
  application: ApplicationNumber;
  /**
   * What only the family and the office know, as a sum: without it nobody can try out numbers.
   */
  blind: Sum;
  /**
   * Its line.
   */
  group_year: number;
  /**
   * Which of the lines it is, from 0 in the order of group years.
   */
  line: number;
  /**
   * How many lines there are.
   */
  lines: number;
  /**
   * The sums beside the way from the line up to the root.
   */
  lines_path: Sum[];
  /**
   * Its number in the line, from 1: `in_group_year` of its position.
   */
  number: number;
  /**
   * How many stand in the line.
   */
  of: number;
  /**
   * The sums beside the way from the application up to its line's.
   */
  path: Sum[];
}
/**
 * That an application stands where it does, under the seal's root.
 */
export interface ProofQuestion {
  application: ApplicationNumber;
  view: "proof";
}
/**
 * Notes that the benefit's papers were seen (F18).
 */
export interface ProveBenefitCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "prove_benefit";
}
/**
 * What everybody may read in the public list (ours: no source says).
 */
export interface PublicList {
  /**
   * A benefit is named where at least so many of the line have it.
   */
  benefit_from: number;
}
/**
 * What everybody may read in the public list (ours: no source says).
 */
export interface PublicListOverBase {
  /**
   * A benefit is named where at least so many of the line have it.
   */
  benefit_from?: number;
}
/**
 * No places are published on this day (F09).
 */
export interface PublicationClosedDenial {
  code: "publication_closed";
  /**
   * The day.
   */
  found: Day;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Adds free places («База свободных мест»), R60-R68, for good: no command corrects them (R65).
 */
export interface PublishVacancyCommand {
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * For children born in that year (R64).
   */
  group_year: number;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The kind of kindergarten; `state` when nothing is said (R68).
   */
  kind?: KindergartenKind | null;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * The language of instruction (R63).
   */
  language: Language;
  /**
   * How many: 1 to 999.
   */
  places: number;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "publish_vacancy";
}
/**
 * A line in the order of service, for everybody to see.
 */
export interface QueueQuestion {
  group_year: number;
  /**
   * At most so many rows.
   */
  limit?: number | null;
  /**
   * So many rows are passed over.
   */
  offset?: number | null;
  /**
   * How exactly the instants are told; to the second when nothing is said.
   */
  round?: Rounding | null;
  view: "queue";
}
/**
 * A row of the public list: no person, no birth date, no number of an application.
 */
export interface QueueRow {
  /**
   * With which benefit; none where too few of the line have it to name it: `has_benefit` tells that from no benefit at all, and `Texts::listed_benefit` says it.
   */
  benefit: BenefitId | null;
  /**
   * Whether with a benefit at all, named or not.
   */
  has_benefit: boolean;
  /**
   * The place in the line, from 1.
   */
  place: number;
  /**
   * Since when; 00:00 of that day where the list is rounded to days.
   */
  registered_at: Moment;
  /**
   * Where it stands.
   */
  stage: Stage;
}
/**
 * A stated reason: free text and, where the host has a list, a code (O35, F41).
 */
export interface Reason {
  /**
   * A code of the host's choice.
   */
  code?: string | null;
  /**
   * The text.
   */
  text: string;
}
/**
 * A reason must be stated (R54, R58, R73, R78).
 */
export interface ReasonRequiredDenial {
  code: "reason_required";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Too late to give the referral back (R57).
 */
export interface RecallWindowClosedDenial {
  code: "recall_window_closed";
  /**
   * The last instant at which it could be given back; none: never.
   */
  expected: Moment | null;
  /**
   * Now.
   */
  found: Moment;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The family did not come in time (R47).
 */
export interface ReferralExpiredEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * How many lapses the application has now (R51).
   */
  lapses: number;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "referral_expired";
  /**
   * The benefit was not proved in time; that counts no lapse (F18).
   */
  unproved?: boolean;
}
/**
 * The referral has more time (R53).
 */
export interface ReferralExtendedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The new end.
   */
  expires_at: Moment;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Why.
   */
  reason: Reason;
  /**
   * Which.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "referral_extended";
}
/**
 * A referral was issued (R44).
 */
export interface ReferralIssuedEvent {
  /**
   * For which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The first instant that is too late to come (R47).
   */
  expires_at: Moment;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Of this kindergarten.
   */
  kindergarten: Kindergarten;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The first instant that is too late to prove the benefit (F18).
   */
  prove_by?: Moment | null;
  /**
   * The first instant that is too late to recall it (R56).
   */
  recall_until: Moment | null;
  /**
   * Its number.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "referral_issued";
  /**
   * To a place of this vacancy.
   */
  vacancy: number;
}
/**
 * The applicant gave the referral back (R56).
 */
export interface ReferralRecalledEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Why.
   */
  reason: Reason;
  /**
   * Which.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "referral_recalled";
}
/**
 * What staff see when they look a referral up (Обработка направления), R69, R70.
 */
export interface ReferralView {
  /**
   * The applicant: personal data.
   */
  applicant: Person;
  /**
   * Its application.
   */
  application: ApplicationNumber;
  /**
   * «Льготность».
   */
  benefit: BenefitId | null;
  /**
   * The child: personal data.
   */
  child: Person;
  /**
   * The first instant that is too late («Дата истечения срока»); none once no term runs.
   */
  expires_at: Moment | null;
  /**
   * «Год очереди».
   */
  group_year: number;
  /**
   * When it was issued («Дата выдачи»).
   */
  issued_at: Moment;
  /**
   * The kindergarten («Название ДДО»).
   */
  kindergarten: Kindergarten;
  /**
   * Whether this referral is the one that counts now: live, or under review, or enrolled with.
   */
  live: boolean;
  /**
   * Whether the kindergarten must accept the child (R76).
   */
  must_accept: boolean;
  /**
   * Its number.
   */
  referral: ReferralNumber;
  /**
   * Where the application stands now.
   */
  stage: Stage;
}
/**
 * A referral was annulled without a lapse.
 */
export interface ReferralVoidedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "referral_voided";
}
/**
 * The department did not confirm it: the child must be accepted (R76).
 */
export interface RefusalOverturnedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "refusal_overturned";
}
/**
 * The department confirmed the refusal (R75).
 */
export interface RefusalUpheldEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "refusal_upheld";
}
/**
 * The kindergarten refused; the department reviews it (R74).
 */
export interface RefusedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Why.
   */
  reason: Reason;
  /**
   * Which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "refused";
}
/**
 * An application is in the queue (R20); the page confirms it (R19).
 */
export interface RegisteredEvent {
  /**
   * Who filed it.
   */
  applicant: Person;
  /**
   * Its number.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * The benefit.
   */
  benefit: BenefitId | null;
  /**
   * The child's number tells another birth date: a warning, no more (F35).
   */
  birth_date_differs: boolean;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * Where it was filed.
   */
  channel?: Channel | null;
  /**
   * Its number there.
   */
  channel_number?: string | null;
  /**
   * For whom.
   */
  child: Child;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * How many documents of the benefit are attached.
   */
  documents: number;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * Its line: the child's birth year (O29).
   */
  group_year: number;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * When interest must have been confirmed.
   */
  next_due: Moment | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Since when it is in the queue.
   */
  registered_at: Moment;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * Its serial in the register: breaks ties, orders settling, makes referral numbers.
   */
  serial: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "registered";
}
/**
 * Puts a closed or stop-listed application back in the queue, its number kept.
 */
export interface ReinstateCommand {
  /**
   * Which.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The lapses that it has then; else one less.
   */
  lapses?: number | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "reinstate";
}
/**
 * Back in the queue, the number kept.
 */
export interface ReinstatedEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Its lapses now.
   */
  lapses: number;
  /**
   * When interest must have been confirmed.
   */
  next_due: Moment | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "reinstated";
}
/**
 * A reminder before a deadline.
 */
export interface Reminder {
  before: Term;
  of: ReminderOf;
}
/**
 * Somebody is to be reminded of an end.
 */
export interface ReminderDueEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * How long before.
   */
  before: Term;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * Of what.
   */
  of: ReminderOf;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "reminder_due";
  /**
   * The end.
   */
  until: Moment;
}
/**
 * Back in the queue after not having answered (F26).
 */
export interface RestoredEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "restored";
}
/**
 * Lets the clocks run again; running terms gain the time.
 */
export interface ResumeCommand {
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "resume";
}
/**
 * The clocks run again.
 */
export interface ResumedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "resumed";
  /**
   * The vacancies whose waiting places open later for it.
   */
  vacancies?: readonly LaterOpening[];
}
/**
 * O13: where a place goes that was given back.
 */
export interface ReturnedSeat {
  lapse: SeatGoes;
  recall: SeatGoes;
  refusal: SeatGoes;
}
/**
 * O13: where a place goes that was given back.
 */
export interface ReturnedSeatOverBase {
  lapse?: SeatGoes;
  recall?: SeatGoes;
  refusal?: SeatGoes;
}
/**
 * What an office publishes of a queue, every day or after every change: whoever keeps it can hold the office to it.
 */
export interface Seal {
  /**
   * The instant that it was made for.
   */
  at: Moment;
  /**
   * The last link of the journal's chain; none where the journal has none.
   */
  chain: Sum | null;
  /**
   * How many applications stand in all lines together.
   */
  of: number;
  /**
   * The `seq` of the last event.
   */
  revision: number;
  /**
   * What stands for the order of every line.
   */
  root: Sum;
}
/**
 * What stands for the whole queue, to be published.
 */
export interface SealQuestion {
  view: "seal";
}
/**
 * One place of a vacancy.
 */
export interface Seat {
  /**
   * Which of its places: 1, 2, 3 …
   */
  place: number;
  /**
   * The vacancy's number.
   */
  vacancy: number;
}
/**
 * A place was given back (O13).
 */
export interface SeatReturnedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * By whom.
   */
  given_back_by: ApplicationNumber;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * Where it goes.
   */
  to: SeatGoes;
  type: "seat_returned";
  /**
   * Of which vacancy.
   */
  vacancy: number;
}
/**
 * Places are now in free choice (R41).
 */
export interface SeatsOpenedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * How many.
   */
  places: number;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Which.
   */
  seats: readonly number[];
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "seats_opened";
  /**
   * Of which vacancy.
   */
  vacancy: number;
}
/**
 * The act must be signed (R11).
 */
export interface SignatureRequiredDenial {
  code: "signature_required";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * A register at rest: its state and its history.
 */
export interface Snapshot {
  /**
   * The state: opaque, made by the history.
   */
  book: {};
  /**
   * The SHA-256 of the canonical state, equal in every language.
   */
  digest: string;
  format: 1;
  /**
   * The events.
   */
  history: {}[];
  now: Moment | null;
  /**
   * The SHA-256 of now and the history; none in a snapshot of an earlier version.
   */
  sum?: string;
}
/**
 * The terms that an event starts, keyed by the field whose end each makes. The event's `at` is the start.
 */
export interface StartedTerms {
  /**
   * The choice window of a turn.
   */
  choose_by?: Term | null;
  /**
   * The referral's term.
   */
  expires_at?: Term | null;
  /**
   * How long a published place waits for those whose turn it is.
   */
  opens_at?: Term | null;
  /**
   * The time to prove the benefit (F18).
   */
  prove_by?: Term | null;
  /**
   * The recall window.
   */
  recall_until?: Term | null;
  /**
   * The stop-list's term, or the time to come back.
   */
  until?: Term | null;
}
/**
 * Back in the queue after the stop-list (R50).
 */
export interface StopListEndedEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "stop_list_ended";
}
/**
 * Blocked until the stop-list ends (R49).
 */
export interface StopListedDenial {
  code: "stop_listed";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
  /**
   * When it ends.
   */
  until: Moment | null;
}
/**
 * No referral can be had for a time (R48, R49).
 */
export interface StopListedEvent {
  /**
   * Which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "stop_listed";
  /**
   * The first instant at which one can be had again.
   */
  until: Moment;
}
/**
 * Puts a child in the queue («Подать заявку»), R12-R24.
 */
export interface SubmitCommand {
  /**
   * Who files it.
   */
  applicant: Person;
  /**
   * A number of the host's; else the register gives one (R80).
   */
  application?: ApplicationNumber | null;
  /**
   * A benefit of the policy's list (R17).
   */
  benefit?: BenefitId | null;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * Where it was filed (R24).
   */
  channel?: Channel | null;
  /**
   * Its number there («Номер ПЭП», «Номер ЦОН»), R24.
   */
  channel_number?: string | null;
  /**
   * For whom.
   */
  child: Child;
  /**
   * How many documents of the benefit are attached.
   */
  documents?: number | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "submit";
}
/**
 * O03, O04: how terms in days run. Almaty counted the first day (F17).
 */
export interface Terms {
  end: TermEnd;
  /**
   * O03: whether the day of the event is day 1.
   */
  first_day_counts: boolean;
}
/**
 * O03, O04: how terms in days run. Almaty counted the first day (F17).
 */
export interface TermsOverBase {
  end?: TermEnd;
  /**
   * O03: whether the day of the event is day 1.
   */
  first_day_counts?: boolean;
}
/**
 * The age limit is reached (R12, O28).
 */
export interface TooOldDenial {
  code: "too_old";
  /**
   * Before this day.
   */
  expected: Day;
  /**
   * Today.
   */
  found: Day;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Younger than the age of choice (R36); on `submit`: not born yet.
 */
export interface TooYoungDenial {
  code: "too_young";
  /**
   * From this day on.
   */
  expected: Day;
  /**
   * Today.
   */
  found: Day;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
  /**
   * The first instant at which the child is old enough.
   */
  until: Moment;
}
/**
 * The turn has come (R38).
 */
export interface TurnCameEvent {
  /**
   * Whose.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The first instant that is too late to choose.
   */
  choose_by: Moment;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * Where the line's cycle stands after this turn, when it moves (F11).
   */
  cycle?: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "turn_came";
  /**
   * For a place of this vacancy.
   */
  vacancy: number;
}
/**
 * Nothing was chosen in time (R41, R42).
 */
export interface TurnLapsedEvent {
  /**
   * Whose turn.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "turn_lapsed";
  /**
   * The vacancy that the turn was for.
   */
  vacancy: number;
}
/**
 * A turn is from now on for another place: somebody took the one it was for.
 */
export interface TurnMovedEvent {
  /**
   * Whose turn.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * Which place.
   */
  place: number;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "turn_moved";
  /**
   * The vacancy that it is now for.
   */
  vacancy: number;
}
/**
 * The referral's refusal lies with the department (R74).
 */
export interface UnderReviewDenial {
  code: "under_review";
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * The policy has no such benefit (R17); or there is none to prove.
 */
export interface UnknownBenefitDenial {
  code: "unknown_benefit";
  /**
   * Those it has.
   */
  expected: string[];
  /**
   * The one named.
   */
  found: string | null;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * Takes a parent's link back (R06).
 */
export interface UnlinkParentCommand {
  /**
   * From which application.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * The parent.
   */
  parent: Person;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "unlink_parent";
}
/**
 * The base of free places (R61).
 */
export interface VacanciesQuestion {
  /**
   * Of this line.
   */
  group_year?: number | null;
  /**
   * Of this kindergarten.
   */
  kindergarten?: Kindergarten | null;
  /**
   * In this state.
   */
  state?: VacancyState | null;
  view: "vacancies";
}
/**
 * Places were published (R60).
 */
export interface VacancyPublishedEvent {
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * For which line.
   */
  group_year: number;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * The kind of kindergarten.
   */
  kind: KindergartenKind;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * The language.
   */
  language: Language;
  /**
   * When a place opens that nobody can be offered.
   */
  opens_at: Moment;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * How many.
   */
  places: number;
  /**
   * See the enum.
   */
  projected: boolean;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  /**
   * The terms that this starts.
   */
  terms: StartedTerms;
  type: "vacancy_published";
  /**
   * The vacancy's number.
   */
  vacancy: number;
}
/**
 * A row of the base of free places (База свободных мест / бос орындар базасы), R61.
 */
export interface VacancyRow {
  /**
   * By whom, where that was said.
   */
  added_by: Actor | null;
  /**
   * With a child in it.
   */
  filled: number;
  /**
   * Out of the count until staff publish it anew.
   */
  gone: number;
  /**
   * For which line.
   */
  group_year: number;
  /**
   * The kind of kindergarten.
   */
  kind: KindergartenKind;
  /**
   * Where.
   */
  kindergarten: Kindergarten;
  /**
   * The language.
   */
  language: Language;
  /**
   * In free choice.
   */
  open: number;
  /**
   * When it was added.
   */
  published_at: Moment;
  /**
   * With a referral to it, under review too.
   */
  referred: number;
  /**
   * «Ожидает» or «В свободном выборе»; kept when no place is left (R67).
   */
  state: VacancyState;
  /**
   * All places («Всего»).
   */
  total: number;
  /**
   * Its number.
   */
  vacancy: number;
  /**
   * Waiting for the turn. «Свободно» is waiting and open together.
   */
  waiting: number;
}
/**
 * The family came (O25).
 */
export interface VisitedEvent {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * When it happened; none for `opened`.
   */
  at: Moment | null;
  /**
   * With an operator's command: on whose authority.
   */
  authority?: Authority | null;
  /**
   * With a key: the SHA-256 of the command's canonical JSON.
   */
  body?: string | null;
  /**
   * Who asked.
   */
  by?: Actor | null;
  /**
   * Whether somebody asked for it or its moment came.
   */
  cause: Cause;
  /**
   * In a chained journal: the SHA-256 of the link before it and of itself (`verify`).
   */
  chain?: Sum | null;
  /**
   * The `seq` of its command's first event; none for what fell due.
   */
  command: number | null;
  /**
   * The host's own object.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * With an operator's command: why.
   */
  grounds?: Reason | null;
  /**
   * The key.
   */
  key?: string | null;
  /**
   * An operator did it beside the rules.
   */
  override?: boolean;
  /**
   * With an operator's command: how many waiting applications it put behind.
   */
  passed?: number | null;
  /**
   * With which referral.
   */
  referral: ReferralNumber;
  /**
   * The rule that made it so.
   */
  rule: Rule;
  /**
   * Its place in the journal: 1, 2, 3 … without gaps.
   */
  seq: number;
  /**
   * With a key: how many events before this one fell due in the same call.
   */
  settled?: number | null;
  /**
   * The signature.
   */
  signature?: string | null;
  type: "visited";
}
/**
 * Annuls a departure: the child is enrolled again.
 */
export interface VoidDepartureCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "void_departure";
}
/**
 * Annuls an enrolment: the referral runs again.
 */
export interface VoidEnrolmentCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "void_enrolment";
}
/**
 * Leaves the queue («Снять с очереди»), R28, R29.
 */
export interface WithdrawCommand {
  /**
   * Of which application.
   */
  application: ApplicationNumber;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "withdraw";
}
/**
 * Takes free places out (F09).
 */
export interface WithdrawPlacesCommand {
  /**
   * On whose authority.
   */
  authority: Authority;
  /**
   * Who asks. With it role and ownership are checked; without it the host vouches for the call.
   */
  by?: Actor | null;
  /**
   * The revision that the host decided on.
   */
  expected_revision?: number | null;
  /**
   * The host's own object, at most 4 KiB: kept, never read by the rules.
   */
  ext?: {
    [k: string]: unknown;
  } | null;
  /**
   * The host's name for this request: asked again, it is answered with the first outcome.
   */
  key?: string | null;
  /**
   * How many: 1 to 999.
   */
  places: number;
  /**
   * Why.
   */
  reason: GivenReason;
  /**
   * An electronic signature (ЭЦП / ЭЦҚ), opaque to the rules (R11).
   */
  signature?: string | null;
  type: "withdraw_places";
  /**
   * Of which vacancy.
   */
  vacancy: number;
}
/**
 * The vacancy is for another birth year (R41, O29).
 */
export interface WrongGroupYearDenial {
  code: "wrong_group_year";
  /**
   * The application's.
   */
  expected: number;
  /**
   * The vacancy's.
   */
  found: number;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
/**
 * An operator's command does not fit the stage.
 */
export interface WrongStageDenial {
  code: "wrong_stage";
  /**
   * In these it does.
   */
  expected: Stage[];
  /**
   * Where the application stands.
   */
  found: Stage;
  /**
   * The name of the policy that was asked.
   */
  policy: string;
  /**
   * The rule that asks for it.
   */
  rule: Rule;
}
