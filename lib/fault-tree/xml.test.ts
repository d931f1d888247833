import { XmlTree } from './xml';

const fault = (text: string) => {
  const read = XmlTree.read(text);
  return 'fault' in read ? `${read.fault.start}-${read.fault.end}: ${read.fault.message}` : 'well-formed';
};
const outline = (text: string) => {
  const read = XmlTree.read(text);
  if ('fault' in read) throw new Error(read.fault.message);
  const { tree } = read;
  const show = (e: number): string => `${tree.name(e)}(${tree.children(e).map(show).join(' ')})`;
  return show(0);
};

test('elements are read in their nesting, comments and instructions passed over', () => {
  expect(
    outline('<?xml version="1.0"?>\n<!-- <no> & -->\n<a>\n <b x="1"/> text &amp; more <c><d/><d/></c><!-- <b> --><e></e>\n</a>\n<!---->'),
  ).toBe('a(b() c(d() d()) e())');
  expect(outline('\ufeff<a><![CDATA[ <b> & ]]></a>')).toBe('a()');
});

test('attribute values have their references replaced and their line breaks made spaces', () => {
  const text = `<a x="&lt;&#65;&#x42;&quot;\n" y='"' z = "a>b"/>`;
  const read = XmlTree.read(text);
  if ('fault' in read) throw new Error(read.fault.message);
  expect(['x', 'y', 'z', 'w'].map((name) => read.tree.attribute(0, name))).toEqual(['<AB" ', '"', 'a>b', undefined]);
  expect([read.tree.start(0), read.tree.end(0)]).toEqual([0, text.length]);
});

test('what is not well-formed is told with its place', () => {
  expect({
    empty: fault(''),
    text: fault('hello'),
    unclosed: fault('<a><b></a>'),
    open: fault('<a>'),
    twice: fault('<a/><b/>'),
    after: fault('<a/> x'),
    before: fault('x <a/>'),
    afterClose: fault('<a></a>x'),
    close: fault('</a>'),
    quote: fault('<a x=1/>'),
    value: fault('<a x="1/>'),
    attribute: fault('<a x/>'),
    repeated: fault('<a x="1" x="2"/>'),
    joined: fault('<a x="1"y="2"/>'),
    ampersand: fault('<a x="a & b"/>'),
    entity: fault('<a>&secret;</a>'),
    reference: fault('<a x="&#0;"/>'),
    control: fault('<a x="\u0001"/>'),
    name: fault('<1a/>'),
    doctype: fault('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
    bomb: fault('<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'),
    comment: fault('<a><!-- a -- b --></a>'),
    endless: fault('<a><!-- a</a>'),
    closing: fault('<a></a x="1">'),
  }).toEqual({
    empty: '0-0: there is no element',
    text: '0-1: there is text outside of the outermost element',
    unclosed: '6-10: "</a>" closes "<b>", which has another name',
    open: '0-3: "<a>" is never closed',
    twice: '4-8: a second element stands beside the outermost one',
    after: '0-4: there is text outside of the outermost element',
    before: '0-1: there is text outside of the outermost element',
    afterClose: '3-7: there is text outside of the outermost element',
    close: '0-4: "</a>" closes nothing',
    quote: '3-4: the value of an attribute must stand in quotes',
    value: '3-4: the value of an attribute is never closed; a "<" in it must be written "&lt;"',
    attribute: '3-4: this does not belong into the tag "<a"',
    repeated: '8-14: the attribute "x" is given twice',
    joined: '8-13: a space between attributes is missing',
    ampersand: '8-11: "&" must be written "&amp;"',
    entity: '3-11: "&secret;" is none of the five entities that XML predefines, and no other is ever read',
    reference: '6-10: "&#0;" is none of the five entities that XML predefines, and no other is ever read',
    control: '6-7: there is a control character',
    name: '0-2: the name of an element is missing: a "<" that is meant as text must be written "&lt;"',
    doctype: '21-31: a document type could define entities or fetch files, so it is never read; leave it out',
    bomb: '0-10: a document type could define entities or fetch files, so it is never read; leave it out',
    comment: '3-16: "--" stands inside a comment',
    endless: '3-8: a comment is never closed',
    closing: '3-12: a closing tag has nothing but a name',
  });
});

test('nesting without end is refused, and long texts take time in proportion', () => {
  expect(fault('<a>'.repeat(100_000))).toContain('nested more than 500 deep');
  expect(fault(`<a>${'<b/>'.repeat(200_000)}</a>`)).toBe('well-formed');
  expect(fault(`<a><!--${'<'.repeat(400_000)}--></a>`)).toBe('well-formed');
  expect(fault(`<a x="${'&amp;'.repeat(100_000)}"/>`)).toBe('well-formed');
});
