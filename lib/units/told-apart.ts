/** A number as far as it tells results apart when they are put in order: behind twelve digits, equal ones differ by the way they were computed. */
export const toldApart = (value: number): number => Number(value.toPrecision(12));
