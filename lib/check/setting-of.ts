import type { SettingPath } from '../diagnostics/diagnostic';
import type { Topology } from '../topology/topology';

/** The setting of a spec that an address is about. */
export function settingOf(address: string, flow: string | null, topology: Topology): SettingPath {
  const [scope, name = '', inner] = address.split('/');
  switch (scope) {
    case 'flow':
      return ['flows', name, 'target', ...(inner === undefined ? [] : [inner])];
    case 'region':
    case 'control-plane':
    case 'network':
      return ['regions', name];
    case 'zone': {
      const index = topology.regions.find((region) => region.name === name)?.zones.indexOf(inner ?? '') ?? -1;
      return index < 0 ? ['regions', name] : ['regions', name, 'zones', index];
    }
    case 'assumption': {
      const full = address.slice('assumption/'.length);
      const from = topology.assumptions.find((assumption) => assumption.name === full)?.from ?? 'default';
      // A default is written nowhere; what hangs on it is the flow's target.
      return from === 'default' || from[0] === 'nines.yaml' ? (flow === null ? ['assumptions'] : ['flows', flow, 'target']) : from;
    }
    case 'component':
    case 'unit':
    case 'change':
    case 'service':
    case 'external':
      return ['components', name];
    default:
      return [];
  }
}
