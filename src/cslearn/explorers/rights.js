// The arithmetic of cslearn.methods.rights and cslearn.methods.bank_holidays, step by step in
// the same order, so that a page and a notebook give the same dates. A test compares them.
// A day is text, "2026-11-23"; inside it is a number of days, so that no time zone plays in.

export class Problem extends Error {}

export const NATIONS = ["England and Wales", "Scotland", "Northern Ireland"];
const [ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND] = NATIONS;
const DATA_COMPLAINTS_FROM = "2026-06-19";
const DAY = 86400000;

function number(day, what = "The day") {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  const at = found ? Date.UTC(+found[1], found[2] - 1, +found[3]) : NaN;
  // A 31 June would silently become 1 July.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new Problem(`${what} must be a date, but it is ${day}. Enter day, month and year.`);
  }
  return at / DAY;
}

const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
const make = (year, month, day) => Date.UTC(year, month - 1, day) / DAY;
// Monday is 0, as in Python.
const weekday = (days) => (new Date(days * DAY).getUTCDay() + 6) % 7;
export const plus = (day, days) => text(number(day) + days);
export const daysBetween = (from, to) => number(to) - number(from);

// ---- bank holidays ------------------------------------------------------------------------

const ONCE = { "2022-06-03": NATIONS, "2022-09-19": NATIONS, "2023-05-08": NATIONS, "2026-06-15": [SCOTLAND] };
const MOVED = { "2020-05-04": "2020-05-08", "2022-05-30": "2022-06-02" };

function easter(year) {
  const whole = (over, under) => Math.floor(over / under);
  const [a, b, c] = [year % 19, whole(year, 100), year % 100];
  const d = (19 * a + b - whole(b, 4) - whole(b - whole(b + 8, 25) + 1, 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * whole(c, 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * whole(a + 11 * d + 22 * e, 451) + 114;
  return make(year, whole(f, 31), (f % 31) + 1);
}

function monday(year, month, last) {
  if (last) {
    const end = make(year, month, 31);
    return end - weekday(end);
  }
  const first = make(year, month, 1);
  return first + ((7 - weekday(first)) % 7);
}

export function bankHolidays(year, nation = ENGLAND_AND_WALES) {
  nationOf(nation);
  const found = new Set();
  const days = [easter(year) - 2, monday(year, 5, false), monday(year, 5, true), monday(year, 8, nation !== SCOTLAND)];
  if (nation !== SCOTLAND) days.push(easter(year) + 1);
  for (const day of days) found.add(number(MOVED[text(day)] ?? text(day)));
  const fixed = [make(year, 1, 1), make(year, 12, 25), make(year, 12, 26)];
  if (nation === SCOTLAND) fixed.push(make(year, 1, 2), make(year, 11, 30));
  if (nation === NORTHERN_IRELAND) fixed.push(make(year, 3, 17), make(year, 7, 12));
  for (let day of fixed.sort((one, two) => one - two)) {
    while (weekday(day) >= 5 || found.has(day)) day += 1;
    found.add(day);
  }
  for (const [day, where] of Object.entries(ONCE)) {
    if (day.startsWith(`${year}-`) && where.includes(nation)) found.add(number(day));
  }
  return [...found].sort((one, two) => one - two).map(text);
}

function nationOf(nation) {
  if (!NATIONS.includes(nation)) throw new Problem(`Say which law applies: ${NATIONS.join(", ")}. ${nation} is none of them.`);
  return nation;
}

export function isWorkingDay(day, nation = ENGLAND_AND_WALES) {
  const at = number(day);
  return weekday(at) < 5 && !bankHolidays(+day.slice(0, 4), nation).includes(day);
}

export function nextWorkingDay(day, nation = ENGLAND_AND_WALES) {
  let now = day;
  while (!isWorkingDay(now, nation)) now = plus(now, 1);
  return now;
}

// ---- periods ------------------------------------------------------------------------------

export function monthsAfter(day, months) {
  number(day);
  const count = +day.slice(0, 4) * 12 + +day.slice(5, 7) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return text(make(year, month, Math.min(+day.slice(8), longest)));
}

export function lastDayOfMonthsBeginningWith(day, months) {
  const end = monthsAfter(day, months);
  return +end.slice(8) < +day.slice(8) ? end : plus(end, -1);
}

// ---- rights: each gives the last day, or null where the clock stands still ------------------

const complete = ({ delivered, owned = null, installed = null }) =>
  [owned, delivered, installed].filter((day) => day !== null).reduce((one, two) => (number(one) > number(two) ? one : two));

// purchase: {delivered, owned, installed, keeps_days, waits: [{asked, received}]}
export function rejectBy(purchase) {
  const days = purchase.keeps_days == null ? 30 : Math.min(30, purchase.keeps_days);
  if (days < 0) throw new Problem(`Goods cannot keep for ${days} days. Enter 0 or more.`);
  let last = number(complete(purchase), "The day of delivery") + days;
  const waits = [...(purchase.waits ?? [])].sort((one, two) => number(one.asked) - number(two.asked));
  for (const { asked, received = null } of waits) {
    if (received !== null && number(received) < number(asked)) {
      throw new Problem(`The goods came back on ${received}, before the repair was asked for on ${asked}.`);
    }
    if (number(asked) > last) break;
    if (received === null) return null;
    last = Math.max(last + number(received) - number(asked) + 1, number(received) + 7);
  }
  return text(last);
}

export const faultPresumedUntil = (purchase) => lastDayOfMonthsBeginningWith(purchase.delivered, 6);
export const noDeductionUntil = (purchase) => lastDayOfMonthsBeginningWith(plus(complete(purchase), 1), 6);
export const refundBy = (agreed) => text(number(agreed, "The day of agreeing") + 13);
export const deliverBy = (contract) => text(number(contract, "The day of the contract") + 30);
export const cancelGoodsBy = (received) => text(number(received, "The day of receiving the goods") + 14);
export const cancelServiceBy = (contract) => text(number(contract, "The day of the contract") + 14);
export const sendBackBy = (cancelled) => text(number(cancelled, "The day of cancelling") + 14);

export function cancelledRefundBy(returned = null, proofOfSending = null) {
  const days = [returned, proofOfSending].filter((day) => day !== null).map((day) => number(day, "The day"));
  if (!days.length) throw new Problem("Give the day on which the goods came back, or on which proof of sending came.");
  return text(Math.min(...days) + 14);
}

export function subjectAccessBy(received, nation = ENGLAND_AND_WALES, extended = false) {
  number(received, "The day of receiving the request");
  return nextWorkingDay(monthsAfter(received, extended ? 3 : 1), nationOf(nation));
}

export function acknowledgeDataComplaintBy(received) {
  const day = number(received, "The day of receiving the complaint");
  if (day < number(DATA_COMPLAINTS_FROM)) {
    throw new Problem(`The duty to acknowledge began on 19 June 2026; ${received} is before that.`);
  }
  return text(day + 29);
}

export function equalityClaimBy(act, nation = ENGLAND_AND_WALES) {
  if (nationOf(nation) === NORTHERN_IRELAND) {
    throw new Problem(
      "The Equality Act 2010 does not apply in Northern Ireland, which has equality laws of its own: " +
        "ask the Equality Commission for Northern Ireland.",
    );
  }
  number(act, "The day of the act");
  return lastDayOfMonthsBeginningWith(act, 6);
}

export function courtClaimBy(breach, nation = ENGLAND_AND_WALES) {
  const scotland = nationOf(nation) === SCOTLAND;
  number(breach, "The day of the breach");
  return monthsAfter(breach, scotland ? 60 : 72);
}
