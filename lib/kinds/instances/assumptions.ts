import type { Assumption } from '../../assumptions/assumption';

const date = '2026-11';

const autoScalingGuide =
  'Amazon EC2 Auto Scaling user guide, health-check-grace-period.md and ec2-auto-scaling-health-checks.md, commit 6c46a78: after a failed status check ' +
  'the group waits "a few minutes"; a target that the balancer finds unhealthy is acted on at the next periodic check';

/** Numbers from outside on which the availability of instances hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'instances.failuresPerYear',
    unit: 'per year',
    value: 0.5,
    range: [0.1, 3],
    basis: 'judgement',
    source:
      'The cloud publishes no rate for one instance. Low end: 0.8-1 % of nodes fail per month (Shvachko, MSST 2010). High end: a node is away for more ' +
      'than 15 minutes every 4.3 months, mostly by reboots (Ford et al., OSDI 2010, table 2). The value is near their geometric mean.',
    date,
    covers: 'failures of one instance: its host, operating system or process; not its zone, and no deployment',
  },
  {
    name: 'instances.failureLength',
    unit: 'seconds',
    value: 86_400,
    range: [14_400, 604_800],
    basis: 'judgement',
    source:
      'An instance that has failed does not come back by itself: a person finds it the next day, four hours at best, a week at worst. It counts only ' +
      'where the group cannot replace it.',
    date,
    covers: 'how long a failed instance stays away if nothing replaces it',
  },
  {
    name: 'instances.statusCheckDetection',
    unit: 'seconds',
    value: 300,
    range: [120, 900],
    basis: 'judgement',
    source: `${autoScalingGuide}. Checks run every minute; "a few" is read as five.`,
    date,
    covers: "from an instance's failure until EC2's status checks have failed and the group takes it for unhealthy",
  },
  {
    name: 'instances.reaction',
    unit: 'seconds',
    value: 60,
    range: [15, 180],
    basis: 'judgement',
    source: `${autoScalingGuide}. The period itself is not published.`,
    date,
    covers: 'from a detected failure until the group launches a replacement',
  },
  {
    name: 'instances.launch',
    unit: 'seconds',
    value: 90,
    range: [30, 300],
    basis: 'judgement',
    source:
      'No published time. Half a minute for a small Linux image, five minutes where volumes are loaded from a snapshot or the launch is tried again.',
    date,
    covers:
      'from the call that launches an instance until its operating system runs; what the application needs after that is the setting warmUp',
  },
  {
    name: 'instances.spareCapacity',
    unit: 'probability',
    value: 0.9,
    range: [0.5, 0.99],
    basis: 'judgement',
    source:
      'No published figure. When a zone fails, everybody launches in the others at once; common types were mostly to be had, rare ones were not. A ' +
      'capacity reservation would be a reason to set 1.',
    date,
    covers: 'chance that the other zones have the capacity to launch what a failed zone has lost',
  },
  {
    name: 'instances.deploysPerYear',
    unit: 'per year',
    value: 50,
    range: [12, 365],
    basis: 'judgement',
    source: 'Once a week; teams range from once a month to once a day. You know yours: state it.',
    date,
    covers: 'deployments and configuration changes of one component',
  },
  {
    name: 'instances.changeFailureShare',
    unit: 'probability',
    value: 0.02,
    range: [0.005, 0.1],
    basis: 'judgement',
    source:
      'With 50 changes a year it gives about one bad change a year, which makes change the largest cause, as it is elsewhere: roughly 70 % of outages are ' +
      'due to changes in a live system (Google, Site Reliability Engineering, 2016, chapter 1).',
    date,
    covers: 'share of deployments that stop the units on which they run from serving',
  },
  {
    name: 'instances.changeDetection',
    unit: 'seconds',
    value: 900,
    range: [300, 2_700],
    basis: 'judgement',
    source:
      'With changeRollback this gives 45 minutes. Govindan et al., SIGCOMM 2016: about 80 % of 103 incidents, most of them during changes, lasted 10 to 100 ' +
      'minutes, which is a mean of 47 if they are lognormal. How they divide is judged.',
    date,
    covers: 'from the start of a bad deployment until somebody knows that it is the cause',
  },
  {
    name: 'instances.changeRollback',
    unit: 'seconds',
    value: 1_800,
    range: [600, 5_400],
    basis: 'judgement',
    source: 'See instances.changeDetection. A group is rolled back batch by batch.',
    date,
    covers: 'from the decision to roll back until the former version serves',
  },
  {
    name: 'instances.changeCaught',
    unit: 'probability',
    value: 0.7,
    range: [0.4, 0.95],
    basis: 'judgement',
    source:
      "No published figure. The balancer's check sees what does not start or answers errors; it does not see what fails later, under load or on old data.",
    date,
    covers: "chance that the balancer's check stops a bad deployment in its first batch",
  },
  {
    name: 'instances.changeCaughtByStatus',
    unit: 'probability',
    value: 0.2,
    range: [0.05, 0.5],
    basis: 'judgement',
    source: "No published figure. EC2's status checks see a machine that does not boot and nothing of the application.",
    date,
    covers: "chance that a bad deployment is stopped in its first batch where only EC2's status checks watch it",
  },
];

/** A change's length: 80 % between 10 and 100 minutes (see instances.changeDetection) is ln(10) within ±1.2816 standard deviations. */
export const changeSigma = 0.9;
