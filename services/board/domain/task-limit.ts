import {
  addDays,
  businessDayOf,
  cutOffOf,
  type BusinessCalendar,
} from '../../shared/kernel/business-day';
import { Problem } from '../../shared/kernel/errors';

const TOO_MANY = 429;
const MS_PER_SECOND = 1_000;

/** Time between two cut-offs: `from` included, `to` excluded. */
export interface Window {
  from: Date;
  to: Date;
}

/** Returns the window that contains a moment. */
export function windowAround(moment: Date, calendar: BusinessCalendar): Window {
  const day = businessDayOf(moment, calendar);
  return { from: cutOffOf(addDays(day, -1), calendar), to: cutOffOf(day, calendar) };
}

/** Returns a 429 `too-many-tasks` with the time from which the person may create tasks again. */
export function tooManyTasks(allowed: number, moment: Date, { to }: Window): Problem {
  return new Problem(TOO_MANY, 'too-many-tasks', 'You have created enough tasks for today', {
    detail: `One person creates at most ${allowed} until ${to.toISOString()}; go on after that`,
    retryAfterSeconds: Math.ceil((to.getTime() - moment.getTime()) / MS_PER_SECOND),
  });
}
