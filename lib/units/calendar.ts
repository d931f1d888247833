/** Whether a text `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
  const time = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Whether a text is a year, or a month or a day of the calendar.
 * @example isDate('2026-03') // => true
 */
export function isDate(text: string): boolean {
  return isDay(text + '-01-01'.slice(Math.max(0, text.length - 4)));
}
