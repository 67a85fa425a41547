# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for the templates of the window, part of check_conventions.py: what a screen reader of
GTK 4.8 would say wrongly, seen before the program runs."""

import re
import xml.etree.ElementTree as xml

BUTTONS = ('GtkButton', 'GtkToggleButton', 'GtkCheckButton', 'GtkMenuButton')
TRUE = ('true', 'yes', '1', 't')
UNDERLINED = re.compile(r'\bgtk_(check_|toggle_)?button_(new_with_mnemonic|set_use_underline)\b'
                        r'|\b_ ?\("[^"]*_[A-Za-z][^"]*"\)')


def objects(source):
    """(path, element) of every object in a template."""
    for path in source.files:
        if path.startswith('src/') and path.endswith('.ui'):
            for element in xml.fromstring(source.text(path)).iter():
                if element.tag in ('object', 'template'):
                    yield path, element


def value(element, name):
    for child in element.findall('property'):
        if child.get('name', '').replace('_', '-') == name:
            return (child.text or '').strip()
    return None


def said(element, name):
    """Whether the template tells assistive technology that property or relation."""
    return any(child.get('name') == name for child in element.findall('accessibility/*'))


def names_are_read_once(source):
    for path, element in objects(source):
        underlined = (value(element, 'use-underline') or '').lower() in TRUE
        if element.get('class') in BUTTONS and underlined:
            yield '%s: GTK 4.8 reads “%s” twice, once with its underline: no underline' \
                % (path, value(element, 'label'))
    for path in source.paths('src/ui/', ('.c',)):
        for match in UNDERLINED.finditer(source.text(path)):
            yield '%s: GTK 4.8 reads the label twice after %s' % (path, match.group())


def icons_have_names(source):
    for path, element in objects(source):
        kind = element.get('class')
        # Code may name what has an id.
        if kind in BUTTONS + ('GtkExpander',) and not element.get('id') \
                and not said(element, 'label') and not said(element, 'labelled-by'):
            child = element.find("property[@name='child']/object")
            if kind == 'GtkExpander':
                yield '%s: a GtkExpander is read as its class: give it an accessible label' % path
            elif value(element, 'icon-name') and not value(element, 'label'):
                yield '%s: a %s with %s is read as “GtkImage”: give it an accessible label' \
                    % (path, kind, value(element, 'icon-name'))
            elif child is not None and child.get('class') not in ('AdwButtonContent', 'GtkLabel'):
                yield '%s: a %s with a %s in it is read as its class: give it an accessible ' \
                    'label' % (path, kind, child.get('class'))


def texts_let_tab_through(source):
    for path, element in objects(source):
        if element.get('class') == 'GtkTextView' \
                and (value(element, 'accepts-tab') or 'true').lower() in TRUE:
            yield '%s: a GtkTextView keeps Tab for itself: accepts-tab is to be False' % path


RULES = {
    'a name is read once': names_are_read_once,
    'a button with an icon has a name': icons_have_names,
    'a text lets Tab through': texts_let_tab_through,
}
