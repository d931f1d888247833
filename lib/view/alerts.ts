import type { EstimateDocument, FlowDocument } from '../document/estimate';
import { decimalShare } from '../units/availability';
import { durationText, perYearText } from './numbers';

/** An alert when a flow's error budget burns too fast, seen over a long and a short time so that it also ends soon. */
export interface BurnAlert {
  readonly severity: 'page' | 'ticket';
  /** How many times as fast as a month's budget allows. */
  readonly factor: number;
  readonly long: string;
  readonly short: string;
}

/** 2 %, 5 %, 10 % and 10 % of a month's budget: https://sre.google/workbook/alerting-on-slos/, table 5-6, and 3 days for the last. */
const alerts: readonly BurnAlert[] = [
  { severity: 'page', factor: 14.4, long: '1h', short: '5m' },
  { severity: 'page', factor: 6, long: '6h', short: '30m' },
  { severity: 'ticket', factor: 3, long: '1d', short: '2h' },
  { severity: 'ticket', factor: 1, long: '3d', short: '6h' },
];

/** What is watched of a flow with a target. */
export interface WatchedFlow {
  readonly topology: string;
  readonly flow: string;
  readonly measure: 'time' | 'requests';
  readonly target: string;
  /** The target as a share, all its digits: `0.9995`. */
  readonly share: string;
  readonly unavailability: number;
  /** Those that can fire: nothing fails more than always. */
  readonly alerts: readonly BurnAlert[];
  /** What the estimate expects, in words. */
  readonly expected: string;
}

/** The flows with a target, and when to alert about them. */
export function watchedFlows({ topologies }: EstimateDocument): WatchedFlow[] {
  return topologies.flatMap(({ results, topology }) =>
    results.flatMap((result) => (result.target ? [watched(topology, result, result.target)] : [])),
  );
}

/** The same by topology; those without a target are left out. */
export function watchedTopologies(document: EstimateDocument): { readonly topology: string; readonly flows: readonly WatchedFlow[] }[] {
  return document.topologies
    .map((one) => ({ topology: one.topology, flows: watchedFlows({ ...document, topologies: [one] }) }))
    .filter(({ flows }) => flows.length > 0);
}

function watched(
  topology: string,
  result: FlowDocument,
  { availability, measure, unavailability }: NonNullable<FlowDocument['target']>,
): WatchedFlow {
  const { downtimeMinutesPerYear, flow, meanOutageMinutes, outagesPerYear } = result;
  const outages =
    outagesPerYear === null || meanOutageMinutes === null
      ? ''
      : `; outages: ${perYearText(outagesPerYear)}, of ${durationText(meanOutageMinutes)}`;
  return {
    topology,
    flow,
    measure,
    target: availability,
    share: decimalShare(availability),
    unavailability,
    alerts: alerts.filter(({ factor }) => factor * unavailability < 1),
    expected: `${durationText(downtimeMinutesPerYear)} down a year${outages}`,
  };
}
