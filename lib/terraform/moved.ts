import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

interface Move {
  readonly from: string;
  readonly to: string;
}

const movesByStack = new WeakMap<TerraformStack, Move[]>();

/** Tells Terraform that a resource has a new address. cdktf's own way to say so starts the terraform binary during synthesis. */
export function moved(scope: Construct, from: string, to: string): void {
  const stack = TerraformStack.of(scope);
  const moves = movesByStack.get(stack) ?? [];
  moves.push({ from, to });
  movesByStack.set(stack, moves);
  stack.addOverride('moved', moves);
}
