/** A span of the week in minutes from Monday 00:00 UTC; the end may lie beyond the week's end. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;

const time = '([01][0-9]|2[0-3]):[0-5][0-9]';
const day = `(${days.join('|')})`;

/** The written form of a daily window, `02:00-03:00`, for JSON Schemas. */
export const dailyWindowPattern = `^${time}-${time}$`;

/** The written form of a weekly window, `sun:04:00-sun:05:00`, for JSON Schemas. */
export const weeklyWindowPattern = `^${day}:${time}-${day}:${time}$`;

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/**
 * A window that a schema has accepted; a daily one gives its first occurrence of the week.
 * @example parseWindow('02:00-03:00') // => { start: 120, end: 180 }
 */
export function parseWindow(text: string): Window {
  const daily = text.indexOf(':') === 2;
  // One pattern each time: to compile one takes longer than to read all windows of a spec.
  if (!new RegExp(daily ? dailyWindowPattern : weeklyWindowPattern).test(text)) {
    throw new RangeError(`a window is written like 02:00-03:00 or sun:04:00-sun:05:00, got ${JSON.stringify(text)}`);
  }
  const at = (part: string) => (daily ? minutesOf(part) : days.indexOf(part.slice(0, 3)) * minutesPerDay + minutesOf(part.slice(4)));
  const dash = text.indexOf('-');
  const start = at(text.slice(0, dash));
  const end = at(text.slice(dash + 1));
  return { start, end: end > start ? end : end + (daily ? minutesPerDay : minutesPerWeek) };
}

/** Whether a window that comes every day meets one that comes every week. */
export function meets(daily: Window, weekly: Window): boolean {
  // From the day before the week begins to the day after it ends: both windows may run over midnight on Sunday.
  const starts = Array.from({ length: 16 }, (_, i) => daily.start + (i - 1) * minutesPerDay);
  const length = daily.end - daily.start;
  return starts.some((start) => start < weekly.end && weekly.start < start + length);
}
