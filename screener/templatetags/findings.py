"""Template tags of findings, criteria, labels and the names of families, holders and channels."""

from django import template

from screener.words import findings, likeness, markup

register = template.Library()

register.filter(findings.limit)
register.filter(findings.thresholds)
register.filter(findings.label_title)
register.filter(likeness.likeness_title)
register.simple_tag(likeness.likeness_sentence)
register.filter(findings.family_name)
register.filter(findings.holder_name)
register.filter(findings.category_name)
register.filter(findings.channel_name)
register.filter(findings.filled)
register.filter(findings.translated)
register.filter(findings.hundredfold)
register.simple_tag(findings.sentence)
register.simple_tag(findings.gate_not_known)
register.simple_tag(findings.label_reason)
register.simple_tag(markup.state)
register.simple_tag(markup.answered)
register.simple_tag(markup.answer_value)
