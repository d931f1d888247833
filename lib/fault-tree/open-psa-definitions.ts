import { didYouMean } from '../diagnostics/did-you-mean';
import { Names, type Definition } from './open-psa-names';
import type { OpenPsaSource } from './open-psa-source';

export type Sort = 'gate' | 'basic event' | 'house event';

export interface EventDefinition extends Definition {
  readonly sort: Sort;
  /** Its place among all events. */
  readonly index: number;
  /** The common cause group that the event is a member of. */
  group?: GroupDefinition;
}

export interface GroupDefinition extends Definition {
  readonly members: EventDefinition[];
}

/** What the format has and we do not need: it would not change the probability of a gate. */
const passedOver = new Set([
  'define-event-tree',
  'define-initiating-event',
  'define-consequence',
  'define-consequence-group',
  'define-sequence',
  'define-rule',
  'define-substitution',
  'define-alignment',
  'define-extern-library',
  'define-extern-function',
]);

const containers = ['opsa-mef', 'define-fault-tree', 'define-component', 'model-data'];
const known = [...containers, 'define-gate', 'define-basic-event', 'define-house-event', 'define-parameter', 'define-CCF-group'];

/** All definitions of a model by name. */
export class Definitions {
  readonly events = new Names<EventDefinition>('event');
  readonly parameters = new Names<Definition>('parameter');
  readonly groups = new Names<GroupDefinition>('common cause group');
  modelName: string | undefined;
  gateCount = 0;
  basicEventCount = 0;

  constructor(readonly source: OpenPsaSource) {
    const { tree } = source;
    if (tree.name(0) !== 'opsa-mef') {
      source.error('root', 'This is not an Open-PSA model', `The outermost element must be <opsa-mef>, here it is <${tree.name(0)}>.`, 0);
      return;
    }
    this.modelName = tree.attribute(0, 'name');
    this.#container(0, '', false);
    for (const group of this.groups.all) this.#members(group);
  }

  #container(element: number, base: string, isPrivate: boolean): void {
    const { tree } = this.source;
    for (let child = tree.firstChild(element); child >= 0; child = tree.next(child)) {
      const name = tree.name(child);
      if (name === 'label' || name === 'attributes') continue;
      // Nearly all that there is.
      if (name === 'define-gate' || name === 'define-basic-event') this.#define(child, name, base, isPrivate);
      else if (name === 'model-data') this.#container(child, base, isPrivate);
      else if (name === 'define-fault-tree' || name === 'define-component') this.#inner(child, base, isPrivate);
      else if (known.includes(name) && name !== 'opsa-mef') this.#define(child, name, base, isPrivate);
      else if (name === 'include')
        this.source.error('include', 'A model can not include files', 'Put the content of the file in its place.', child);
      else if (passedOver.has(name))
        this.source.warning('passed-over', 'A part of the model was not read', `<${name}> has no effect on a fault tree here.`, child);
      else {
        const meant = didYouMean(name, known);
        const detail = `There is no element <${name}> here.${meant === undefined ? '' : ` Did you mean <${meant}>?`}`;
        this.source.error('unknown-element', 'An element is not known', detail, child);
      }
    }
  }

  #inner(element: number, base: string, isPrivate: boolean): void {
    const name = this.source.required(element, 'name');
    if (name === undefined) return;
    if (this.source.tree.name(element) === 'define-fault-tree') this.modelName ??= name;
    this.#container(element, base === '' ? name : `${base}.${name}`, this.#isPrivate(element, isPrivate));
  }

  #define(element: number, tag: string, base: string, inherited: boolean): void {
    const name = this.source.required(element, 'name');
    if (name === undefined) return;
    const isPrivate = this.#isPrivate(element, inherited);
    if (tag !== 'define-CCF-group') this.#oneBody(element, name);
    if (tag === 'define-parameter') this.parameters.add(this.source, { name, base, element }, isPrivate);
    else if (tag === 'define-CCF-group') this.groups.add(this.source, { name, base, element, members: [] }, isPrivate);
    else {
      const sort = tag === 'define-gate' ? 'gate' : tag === 'define-basic-event' ? 'basic event' : 'house event';
      if (sort === 'gate') this.gateCount++;
      if (sort === 'basic event') this.basicEventCount++;
      this.events.add(this.source, { name, base, element, sort, index: this.events.all.length }, isPrivate);
    }
  }

  /** What stands beside the first formula or expression would otherwise be passed over, and the number be another one than was meant. */
  #oneBody(element: number, name: string): void {
    const { source } = this;
    let bodies = 0;
    for (let child = source.tree.firstChild(element); child >= 0; child = source.tree.next(child)) {
      const tag = source.tree.name(child);
      if (tag === 'label' || tag === 'attributes' || ++bodies === 1) continue;
      const detail = `The definition of "${name}" goes on with <${tag}>, and one formula or expression is all that it has. Put both into one, such as <or>, or remove it.`;
      source.error('second-body', 'A definition says two things', detail, child);
      return;
    }
  }

  /** Members of a group are defined by being named there; one that is also defined as a basic event takes its probability from the group. */
  #members(group: GroupDefinition): void {
    const { source } = this;
    const list = source.tree.children(group.element).find((child) => source.tree.name(child) === 'members');
    for (const element of list === undefined ? [] : source.tree.children(list)) {
      const name = source.required(element, 'name');
      if (name === undefined) continue;
      let event = this.events.tryFind(name, group.base);
      if (event === undefined) {
        event = { name, base: group.base, element, sort: 'basic event', index: this.events.all.length };
        this.events.add(source, event, false);
        this.basicEventCount++;
      }
      if (event.sort !== 'basic event' || event.group !== undefined) {
        const detail =
          event.sort !== 'basic event' ? `"${name}" is a ${event.sort}.` : `"${name}" already belongs to the group "${event.group!.name}".`;
        source.error('member', 'An event can not belong to this group', detail, element);
        continue;
      }
      event.group = group;
      group.members.push(event);
    }
    if (group.members.length < 2)
      source.error('group', 'A common cause group is too small', `The group "${group.name}" needs at least two members.`, group.element);
  }

  #isPrivate(element: number, inherited: boolean): boolean {
    const role = this.source.tree.attribute(element, 'role');
    return role === undefined ? inherited : role === 'private';
  }
}
