"""Vocabulary of going concern: the patterns by which a sentence states, denies or removes doubt, or is about
something else. They run over one sentence with single spaces, straight quotes and any case.

Words of AS 2415 (https://pcaobus.org/oversight/standards/auditing-standards/details/AS2415), ASC 205-40 as of
ASU 2014-15 (https://www.fasb.org), IAS 1.25 and ISA 570.
"""

from typing import Final

from assets.documents.patterns import MAY, REST, WORDS, any_of

CONCERN: Final = r"going[- ]concern"
DOUBT: Final = r"(?:substantial|significant|serious|considerable|material|grave|some) doubts?"
UNCERTAINTY: Final = r"(?:material|significant|substantial) uncertaint(?:y|ies)"
EITHER: Final = rf"(?:{DOUBT}|{UNCERTAINTY})"
FILER: Final = r"the (?:company|registrant|corporation|partnership|trust|fund|group|bank|issuer|firm)"

MENTIONED: Final = any_of(CONCERN, DOUBT)
CONCERNED: Final = any_of(CONCERN)
CONTINUING: Final = any_of(
    CONCERN,
    rf"continue (?:its|our|their|in|to) {WORDS}?(?:operat|exist|business)",
    r"continued existence",
)
DOUBTED: Final = any_of(
    DOUBT,
    r"(?<!no )\bdoubts? (?:about|as to|regarding|on|upon|concerning|whether|that|of)\b",
    r"\bin doubt\b",
)
UNCERTAIN: Final = any_of(UNCERTAINTY)

STANDARD: Final = any_of(
    r"accounting standards? (?:update|codification)|\bASU\b|205-40|\bFASB\b|\bIASB?\b|AS (?:No\. )?2415",
    r"disclosure of uncertainties about",
    r"\ban (?:entity|organization|issuer)'s|\b(?:the|each|reporting) entity'?s?\b",
)
"""Of a rule, or of entities at large."""

DUTY: Final = any_of(
    r"\bwhether\b|\brequire[sd]?\b|\bresponsib\w+|\bmust\b|\bguidance\b|\bin evaluating\b",
    r"\bto (?:evaluate|assess|determine)\b",
)
WHETHER: Final = any_of(rf"\bwhether\b{REST}{{0,200}}$")
FOUND: Final = any_of(r"\b(?:conclu|determin)\w+ that")

OTHER: Final = (
    r"(?:partners?|customers?|suppliers?|vendors?|tenants?|lessees?|borrowers?|counterpart(?:y|ies)"
    r"|licensees?"
    r"|collaborators?|(?:joint )?ventures?|investees?|portfolio compan(?:y|ies)|manufacturers?|contractors?"
    r"|competitors?|third part(?:y|ies)|clients?|debtors?|obligors?|guarantors?|franchisees?|lenders?"
    r"|insurers?|operators?|providers?|target|sellers?|servicers?|organizations?|businesses|sponsors?"
    r"|payors?)"
)
GOING_ON: Final = rf"(?:ability|continu\w*|existence|{CONCERN})"
OTHERS_ABILITY: Final = any_of(
    rf"\b{OTHER}(?:'s?)? {WORDS}{{0,3}}(?:ability|continu|{CONCERN})",
    rf"\btheir {WORDS}?{GOING_ON}",
    rf"(?:ability|continu\w+|doubt) (?:of|about) (?:(?:the|any|our|an?|such|these|those) )?"
    rf"{WORDS}{{0,2}}{OTHER}\b",
)
ITS_ABILITY: Final = any_of(rf"\b{OTHER}\b{REST}{{0,160}}\b(?:its|\w+'s) {WORDS}?{GOING_ON}")
ITSELF: Final = any_of(rf"\b{FILER}\b")
"""A filer that speaks of itself so may say "its" of itself; one that says "we" says it of somebody else."""

OWN: Final = any_of(
    rf"\b(?:we|us|our)\b|\b{FILER}(?:'s?)?(?!\w)",
    r"\b(?:company|registrant|partnership|corporation)'s",
)
OWN_ABILITY: Final = any_of(
    rf"\b(?:our|{FILER}(?:'s?)?|the entity's|company's|group's|partnership's) {WORDS}{{0,3}}"
    rf"(?:{GOING_ON}|capacity)",
    r"\bwe (?:can|will|could|would|may|might|are able|have the ability)",
    r"(?:ability|capacity) of (?:us|the (?:company|partnership|corporation))",
)

POSSIBLE: Final = (
    r"(?:rais|cast|creat|be\b|exist|have\b|result|lead|express|conclu|determin|includ|contain|issu|requir"
    r"|impact"
    r"|affect|jeopardi|threaten|impair|giv)"
)
HYPOTHETICAL: Final = any_of(
    rf"\b(?:could|would|{MAY}|might|can|should|shall|likely) {WORDS}{{0,4}}?{POSSIBLE}\w*"
    rf"{REST}{{0,120}}?(?:{DOUBT}|\bdoubts?\b|{CONCERN})",
    rf"(?:{DOUBT}|\bdoubts?\b) (?:could|would|might|{MAY})",
    rf"\b(?:if|in the event|should (?:we|the company)|were to)\b{REST}{{0,250}}?"
    rf"\b(?:would|could|may|might|will)\b{REST}{{0,120}}?(?:{DOUBT}|{CONCERN})",
    rf"\b(?:risk|possibility|possible|potential(?:ly)?)\b{REST}{{0,60}}?{DOUBT}",
)
RAISED: Final = any_of(
    rf"(?:,|;|\bwhich|\bthese|\bthis|\bthose|\bthat) [^,;]{{0,120}}?\b(?:raises?|raised|casts?) {DOUBT}"
)
"""A clause of its own that says so, whatever may happen in the one before it."""

MODAL: Final = any_of(rf"\b(?:could|would|{MAY}|might|can|if|should|potentially|that)\b")
"""What takes such a clause back: "conditions that raise doubt" depend on the clause before."""

INSERTED: Final = any_of(
    r"\b(if|whether|when|unless|that|could|would|may|might|should), [^,;]{0,100},",
)
"""An insertion, whose second comma begins no clause: "may, in the future, conclude"."""

CLAUSE_BEGINS: Final = any_of(r"[,;:]|\b(?:and|but|therefore|thus|accordingly|consequently|hence)\b")
ASSERTED: Final = any_of(
    rf"\bthere (?:is|are|exists?|existed|remains?) {WORDS}{{0,2}}?{DOUBT}",
    rf"{DOUBT} [^,;]{{0,160}}?(?<!to )\bexist(?:s|ed)?\b",
)
"""There is doubt, or doubt exists: said outright unless its own clause takes it back."""

TAKEN_BACK: Final = any_of(
    rf"\b(?:could|would|{MAY}|might|can|cannot|if|whether|should|will|when|where|which|unless|until)\b",
    r"\b(?:not|potential\w*|possib\w+|likel\w+|risks?|in (?:the )?(?:event|case)|conclude|determine)\b|n't\b",
    r"(?<!concluded )(?<!determined )(?<!believes )(?<!we believe )(?<!date )\bthat\b|^ ?or\b",
)
"""What leaves open whether the clause is so; that somebody has concluded it does not."""

EXISTS: Final = any_of(
    r"\b(?:indicat\w*|there (?:is|are|exists?)|existence of|exists?|gives? rise to|constitut\w*|represents?"
    rf"|results? in|creates?|caus\w*|due to|faces?)\b{REST}{{0,80}}?{UNCERTAINTY}",
    rf"{UNCERTAINTY} (?:exists?|relat\w+|that|which|about|regarding|as to|in relation|due)",
)
"""A material uncertainty exists, although it "may cast" doubt: the words of ISA 570."""

IF: Final = any_of(r"\bif\b")
NONE: Final = (
    r"(?:no|not any|without(?: any)?|neither|nor|absence of)"
    r"(?! (?:assurances?|guarantees?|certainty|plans?|means|ability|way|longer|which|whom)\b)"
)
"""None of what follows; "no assurance that doubt ends" is none of something else."""

CONDITION: Final = r"(?:conditions?|events?|factors?|circumstances?|matters?)"
RAISES: Final = r"(?:rais|cast|creat|giv|indicat)\w*"
THOUGHT: Final = (
    r"(?:believe|conclu|identif|rais|cast|creat|exist|giv|aware|indicat|contain|express|includ|consider"
    r"|constitut"
    r"|determin)\w*"
)
JOINING: Final = (
    rf"(?:that|there|is|are|was|were|any|a|an|of|rise|to|such|or|and|these|those|this|which|the|in|our|its"
    rf"|company's"
    rf"|ability|existence|exist\w*|{CONDITION}|{RAISES})"
)
DENIED: Final = any_of(
    rf"\b{NONE} {WORDS}{{0,3}}?(?:{EITHER}|doubt)",
    rf"\b(?:no|not any) {WORDS}{{0,2}}{CONDITION}\b[^.;,]{{0,60}}?\b{RAISES} (?:rise to )?(?:a )?{EITHER}",
    rf"(?:\bnot|n't) (?:currently |presently )?{THOUGHT} (?:{JOINING} ){{0,14}}{EITHER}",
    rf"{EITHER}\b{REST}{{0,160}}?\b(?:does|did|do|has|have|is|are|was|were) not"
    r" (?:exist|remain|arise|rais|present|been (?:raised|identified)|any)",
)
UNSURE: Final = any_of(
    r"(?:\b(?:can ?not|could not|can no longer|(?:un|not |no longer )able to|not in a position to)|n't)"
    rf" {WORDS}{{0,3}}?(?:say|state|conclude|assure|assert|guarantee|represent|confirm|determine|certain"
    r"|sure) (?:[^,;]{0,60} )?$",
    r"\b(?:no assurances?|no guarantees?|no certainty|no longer the case|not the case|(?:do|does|did|is) not"
    r" (?:to )?(?:believe|conclude|consider|mean|imply|say|think|warrant|certain|clear|assured)|uncertain)\b"
    r" [^,;]{0,60}$",
)
"""What governs a denial and takes it back: nobody could say that there is no doubt."""

DENIED_TWICE: Final = any_of(
    rf"(?:\bnot|n't) {THOUGHT} [^,;]{{0,60}}?{EITHER}\b[^,;]{{0,160}}? (?:does|did|do) not"
    r" (?:exist|remain|arise)"
)
"""Nobody concluded that doubt does not exist, which is not that there is none."""

REMOVING: Final = r"(?:alleviat|mitigat|resolv|remov|eliminat|overcom|reliev|dispel)"
REMOVED: Final = any_of(
    rf"{EITHER}\b{REST}{{0,200}}?\b(?:has|have|had|is|are|was|were|been) {WORDS}{{0,2}}{REMOVING}",
    rf"\b{REMOVING}(?:es?|ed|ing)?\b{REST}{{0,80}}?\b(?:{EITHER}|doubt)",
    rf"{DOUBT}\b{REST}{{0,120}}?\b{REMOVING}",
)
NOT_REMOVED: Final = any_of(
    r"\b(?:not|n't|never|cannot|unable|insufficient|no assurances?|if|whether|intend\w*|designed|in order"
    r"|in an (?:effort|attempt)|attempt\w*|seek\w*|would|could|may|might|until|unless|fail\w*|plans? to"
    r"|efforts? to|help|partially|uncertain|aim\w*|only|(?:has|have|had|is|are) yet to|refus\w* to"
    rf"|declin\w* to|unwilling|too little)\b{REST}{{0,200}}?\b{REMOVING}",
    r"(?:^|[,;:] |\b(?:and|but|that|as|since|because) )"
    rf"(?:none|neither|nothing|nobody|no (?!longer)[\w'-]+)\b[^,;]{{0,120}}?\b{REMOVING}",
    r"\b(?:alleviation|mitigation|resolution|removal|elimination)\b[^,;]{0,160}?"
    r"\b(?:not|never|cannot|depend\w*|dependent|uncertain|unlikely|in doubt)\b",
)
"""The verb is there, and what becomes of it: nobody did, none of the plans does, it is only meant to."""

NOTED: Final = (
    r"(?:explanatory|qualification|opinion|paragraph|emphasis|doubt|modification|exception|warning"
    r"|uncertaint\w+)"
)
NO_LONGER: Final = any_of(
    rf"\bno longer (?:(?:{JOINING}|{THOUGHT}|be|has|have|had|face|faces|under|subject|to) ){{0,10}}"
    rf"(?:{EITHER}|doubts?\b|{CONCERN} {WORDS}?{NOTED})",
    rf"(?:{EITHER}|\bdoubts?\b){REST}{{0,160}}?"
    rf"\bno longer (?:{WORDS}{{0,2}}?(?:exist|present|remain|appl|rais|relevant|necessary|required)"
    rf"|{WORDS}?(?:a concern|the case)\b)",
)
"""It is the doubt that is there no longer, and not the lender, the cash or somebody's conclusion."""

WISHED: Final = any_of(
    rf"\b(?:if|whether|unless|until|when|once|would|could|{MAY}|might|should|assum\w+|so that|expect\w*"
    r"|intend\w*|hopes?)\b"
)
"""What makes of an end of the doubt one that may come, so that it has not come."""

COVENANT: Final = any_of(
    r"\bcovenants?\b|\bevents? of default\b|\bcredit (?:agreement|facilit\w+)|\bloan agreement|\bindenture\b"
    r"|\blenders?\b|\bdeliver(?:y|ed)? of\b|\bwaive\w*",
)
WITHOUT: Final = any_of(r"\bwithout\b")
NO_CONCERN: Final = any_of(rf"\b(?:without|no|not)\b{REST}{{0,80}}{CONCERN}")
QUALIFIED: Final = any_of(
    rf"(?:explanatory|emphasis|additional paragraph|modif\w+){REST}{{0,160}}?{CONCERN}",
    rf"{CONCERN} {WORDS}?{NOTED}",
    rf"(?:qualifi\w+|uncertaint\w+){REST}{{0,60}}?{CONCERN}",
    rf"{CONCERN}{REST}{{0,80}}?\bis (?:in question|uncertain|questionable|doubtful)",
    r"(?:audit\w*|report|opinion)\b[^.;]{0,60}?\b(?:issued|received|contain\w*|includ\w*|expressed|with)\b"
    rf"{REST}{{0,30}}?\ba {CONCERN}",
)
TAKING_OUT: Final = r"(?:remov|eliminat|withdr[ae]w|delet|lift)\w*"
TAKEN_OUT: Final = any_of(
    rf"\b(?:has|have|had|was|were|been) {WORDS}?(?:removed|eliminated) {WORDS}{{0,3}}?{CONCERN} {WORDS}?"
    rf"{NOTED}",
    rf"{CONCERN} {WORDS}{{0,2}}?{NOTED} (?:has|have|had|was|were) {WORDS}{{0,2}}?(?:removed|eliminated)\b",
)
"""An auditor's words that were there in an earlier report."""

LEFT_IN: Final = any_of(
    rf"(?:\b(?:not|never|unable|unwilling)|n't|\byet|\b(?:refus|declin|fail)\w*) (?:(?:yet|to|be|been|fully"
    rf"|agreed?|able|willing) ){{0,3}}{TAKING_OUT} {WORDS}{{0,6}}?{CONCERN}",
    rf"{CONCERN} {WORDS}{{0,2}}?{NOTED} [^,;]{{0,80}}?(?:\b(?:not|never|yet)|n't) "
    rf"(?:(?:yet|to|be|been) ){{0,3}}{TAKING_OUT}",
)
"""An auditor's words that nobody has taken out are still there."""

GIVEN: Final = any_of(
    rf"\b(?:our|the company's) {WORDS}{{0,4}}(?:auditors?|accountants?|firm)'?s?'? {WORDS}?{CONCERN} {NOTED}"
)
"""An auditor's opinion that is there, whatever it may lead to."""

AUDITED: Final = any_of(
    r"\b(?:auditors?|accountants?|accounting firm|explanatory paragraph|emphasis of matter|audit report)\b",
    r"\b(?:their|its|whose) (?:report|opinion)\b",
)
ASSUMED: Final = any_of(r"(?:prepared|presented) (?:on the assumption|assuming) that")
"""The sentence with which an auditor's paragraph begins (AS 2415.13)."""

DEPENDENT: Final = any_of(
    rf"{CONCERN}{REST}{{0,80}}?\b(?:is|are|will be|remains?) {WORDS}?"
    r"(?:dependent|contingent|subject|conditional)",
    rf"{CONCERN}{REST}{{0,40}}\bdepends?\b",
    rf"\b(?:necessary|required|needed) {WORDS}{{0,3}}?(?:to|for)\b{REST}{{0,40}}?\bcontinu\w+ as a {CONCERN}",
    rf"\b(?:dependent|depends|contingent)\b{REST}{{0,160}}?{CONCERN}",
)
SUFFICIENT: Final = any_of(
    rf"\b(?:management|we|the company) {WORDS}?(?:believes?|concluded?|expects?|estimates?|determined)\b"
    rf"{REST}{{0,200}}?\b(?:will|is|are|would be) {WORDS}{{0,2}}?"
    r"(?:enable|sufficient|adequate|allow|permit|provide|meet|satisfy|fund)\w*"
    rf"{REST}{{0,160}}?\b(?:liquidity|obligations|operations|requirements|needs|twelve months|12 months"
    r"|one year|next year|through)",
)
NOT_SUFFICIENT: Final = any_of(r"\b(?:not|insufficient|no assurance|unable|if)\b|n't\b")
