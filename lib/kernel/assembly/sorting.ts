import { Ints, zeros } from './lists';

/** Up to here an insertion is quicker than merging. */
const run: i32 = 8;

let spare: StaticArray<i32> = zeros(256);

/** Sorts a list; what is equal stays in its order. `isAfter`: whether the one must come after the other. */
export function sort(list: Ints, isAfter: (one: i32, other: i32) => bool): void {
  const length = list.length;
  for (let from = 0; from < length; from += run) insert(list.items, from, min(from + run, length), isAfter);
  if (length <= run) return;
  if (spare.length < length) spare = zeros(2 * length);
  for (let width = run; width < length; width *= 2) {
    for (let from = 0; from + width < length; from += 2 * width)
      merge(list.items, from, from + width, min(from + 2 * width, length), isAfter);
  }
}

function insert(items: StaticArray<i32>, from: i32, to: i32, isAfter: (one: i32, other: i32) => bool): void {
  for (let i = from + 1; i < to; i++) {
    const item = items[i];
    let at = i;
    for (; at > from && isAfter(items[at - 1], item); at--) items[at] = items[at - 1];
    items[at] = item;
  }
}

function merge(items: StaticArray<i32>, from: i32, middle: i32, to: i32, isAfter: (one: i32, other: i32) => bool): void {
  if (!isAfter(items[middle - 1], items[middle])) return;
  for (let i = from; i < middle; i++) spare[i] = items[i];
  let left = from;
  let right = middle;
  for (let at = from; left < middle; at++) {
    if (right < to && isAfter(spare[left], items[right])) items[at] = items[right++];
    else items[at] = spare[left++];
  }
}
