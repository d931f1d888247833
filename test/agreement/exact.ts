import { estimate } from '../../lib/estimate/estimate';
import type { HitUsers } from '../../lib/estimate/users';
import type { Topology } from '../../lib/topology/topology';
import type { ExactFlow } from './compare';

/** The exact numbers of all flows at nominal values, with what changes bring or without. */
export function exactFlows(topology: Topology, part: 'all' | 'infrastructureOnly' = 'all'): ExactFlow[] {
  const { results } = estimate(topology, { samples: 10, cutSets: 1 });
  if (part === 'infrastructureOnly') {
    return results.map(({ flow, infrastructureOnly: { unavailability, requestFailure, outagesPerYear }, users }) => ({
      flow: flow.name,
      unavailability,
      requestFailure,
      outagesPerYear: outagesPerYear.value,
      meanOutageMinutes: null,
      degraded: null,
      ...usersIn(users && users.infrastructureOnly),
    }));
  }
  return results.map((result) => ({
    flow: result.flow.name,
    unavailability: result.unavailability,
    outagesPerYear: result.outagesPerYear.value,
    meanOutageMinutes: result.meanOutageMinutes.value,
    requestFailure: result.requestFailure,
    degraded: result.states.degraded,
    ...usersIn(result.users),
  }));
}

function usersIn(users: HitUsers | null): Pick<ExactFlow, 'anyUser' | 'anyUserOutages' | 'allUsers' | 'allUsersOutages'> {
  return {
    anyUser: users && users.anyUser.unavailability,
    anyUserOutages: users && users.anyUser.outagesPerYear.value,
    allUsers: users && users.allUsers.unavailability,
    allUsersOutages: users && users.allUsers.outagesPerYear.value,
  };
}
