import { differenceOf } from './difference';
import { fromSynthesized } from './resources';

const before = fromSynthesized({
  resource: {
    aws_vpc: { network: { cidr_block: '10.0.0.0/16', enable_dns: true } },
    aws_subnet: { a: { vpc_id: '${aws_vpc.network.id}' }, b: { vpc_id: '${aws_vpc.network.id}' } },
  },
});

test('resources come, go, and change their arguments', () => {
  const after = fromSynthesized({
    resource: {
      aws_vpc: { network: { enable_dns: true, cidr_block: '10.1.0.0/16' } },
      aws_subnet: { a: { vpc_id: '${aws_vpc.network.id}' }, c: { vpc_id: '${aws_vpc.network.id}' } },
    },
  });
  expect(differenceOf(before, after)).toEqual({
    added: ['aws_subnet.c'],
    removed: ['aws_subnet.b'],
    changed: [{ address: 'aws_vpc.network', was: null, arguments: ['cidr_block'] }],
  });
});

test('a moved resource changes its address and nothing else, neither do those that refer to it', () => {
  const after = fromSynthesized({
    resource: {
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', enable_dns: true } },
      aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}' }, b: { vpc_id: '${aws_vpc.main.id}' } },
    },
  });
  expect(differenceOf(before, after, [{ from: 'aws_vpc.network', to: 'aws_vpc.main' }])).toEqual({
    added: [],
    removed: [],
    changed: [{ address: 'aws_vpc.main', was: 'aws_vpc.network', arguments: [] }],
  });
  expect(differenceOf(before, after)).toMatchObject({ added: ['aws_vpc.main'], removed: ['aws_vpc.network'] });
});

test('the order of arguments is no difference', () => {
  const after = fromSynthesized({
    resource: {
      aws_subnet: { b: { vpc_id: '${aws_vpc.network.id}' }, a: { vpc_id: '${aws_vpc.network.id}' } },
      aws_vpc: { network: { enable_dns: true, cidr_block: '10.0.0.0/16' } },
    },
  });
  expect(differenceOf(before, after)).toEqual({ added: [], removed: [], changed: [] });
});

test('what waits for what is no difference', () => {
  const [waits, waitsLonger] = [['aws_vpc.network'], ['aws_vpc.network', 'aws_subnet.a']].map((all) =>
    fromSynthesized({ resource: { aws_subnet: { b: { depends_on: all } } } }),
  );
  expect(differenceOf(waits!, waitsLonger!)).toEqual({ added: [], removed: [], changed: [] });
});
