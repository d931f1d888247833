import { warning, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import { availabilityText, tryParseAvailability } from '../units/availability';

/** A target that nearly everything meets: most often a share that somebody has put a per cent sign behind. */
export function checkLowTarget(availability: string, path: SettingPath, address?: string): Diagnostic[] {
  const isLow = (text: string) => (tryParseAvailability(text) ?? 0) > 0.5;
  if (!isLow(availability)) return [];
  const share = Number(availability.slice(0, -1));
  const meant = share < 1 ? availabilityText(share) : undefined;
  const detail =
    meant === undefined || isLow(meant)
      ? `${quote(availability)} is met by what is down more than half of the time. Are these the per cent that were meant?`
      : `${quote(availability)} is met by what is down nearly all the time. Was ${meant} meant?`;
  return [
    warning('spec/low-target', 'Target that nearly everything meets', detail, { path, ...(address === undefined ? {} : { address }) }),
  ];
}
