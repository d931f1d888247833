/** Settings as they are written: what JSON can hold. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | Plain;

export interface Plain {
  readonly [key: string]: PlainValue;
}
