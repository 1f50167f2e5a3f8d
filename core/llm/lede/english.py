"""English, as news copy uses it."""

from core.llm.lede.grammar import Grammar, pattern, vocabulary

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_SAY = (
    r"(?:said|says|added|adds|told|explained|explains|warned|warns|argued|argues|announced"
    r"|confirmed|confirms|stated"
    r"|stressed|noted|insisted|recalled|recalls|admitted|admits|wrote|writes|replied|claimed|reported)"
)
_TIME = (
    rf"(?:(?:late |early )?on {_DAY}{_PART}(?:, (?:\d{{1,2}} {_MONTH}"
    rf"|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?)?|(?:earlier |later )?(?:last|next|this) "
    rf"(?:{_DAY}|week|weekend|month|morning|afternoon|evening|night){_PART}|(?:late "
    rf"|early )?(?:yesterday|today)"
    rf"{_PART}|on (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?|(?:earlier"
    rf"|later) (?:this|that) (?:year|day)"
    r"|overnight|a (?:week|month|year|few days) (?:ago|earlier)|for the time being)"
)
_PRONOUNS = (
    "i you he she it we they his her its their our my your this that these those there here "
    "him them us who which "
    "what both neither either such others another few none each nobody everyone everything "
    "something anyone nothing"
)

ENGLISH = Grammar(
    code="en",
    common=vocabulary(
        "the of and to in that is was for on with as at by from it are were be has have had will "
        "not this which said "
        "an but they he she their its been would after who more than"
    ),
    determiners=vocabulary(
        "the a an this that these those its their his her our my your every each no some any all "
        "both two three four five "
        "six seven eight nine ten more many several most another"
    ),
    auxiliaries=vocabulary(
        "is are was were has have had will would can could may might must should shall do does "
        "did cannot isn't aren't "
        "wasn't weren't hasn't haven't won't can't couldn't don't doesn't didn't wouldn't"
    ),
    verbs=vocabulary(
        "said says rose fell grew won lost found gave took made came went became began saw left "
        "met paid put ran sent set "
        "sold spent stood taught thought wrote cut hit held kept led built bought brought broke "
        "chose drew drove felt "
        "fought got knew laid lay sank spoke struck threw told shut read sits lies stands runs "
        "rises falls grows wins "
        "loses finds gives takes makes comes goes becomes begins sees leaves meets pays puts "
        "sends sells spends holds "
        "keeps leads builds buys brings breaks chooses wants plans hopes expects needs faces "
        "closes opens costs shows "
        "means remains returns starts ends works uses offers allows includes covers carries "
        "reaches calls asks helps "
        "moves stays lives plays receives believes seems appears adds warns argues tells "
        "approves rejects agrees denies "
        "votes backs bans raises cuts hits turns gets lets has rang swam swept slid shrank "
        "sprang stuck hung dug flew "
        "froze hid rode shook shot sang slept spread stole tore woke wore understood overcame "
        "withdrew undertook depend "
        "depends requires seeks serves produces provides creates supports attracts serve remain "
        "live work want need hope "
        "plan cost expect earn host march win lose vote rely hold meet own run fight join start "
        "pay try carry leave find give get keep begin report send suffer claim differ oppose "
        "back support fear cover charge stay move spend sell buy build grow fall rise expect "
        "face show say use make take come go stand see seem appear welcome argue grow"
    ),
    verb_ending=pattern(r"^[a-z]{2,}(?<!e)ed$"),
    not_verbs=vocabulary(
        "need hundred indeed speed seed feed bed red united limited naked sacred so-called "
        "wicked embed sled shed wed bred "
        "led elected unused unnamed unexpected dedicated experienced"
    ),
    participle=pattern(r"^[a-z]+(?:ed|en|wn|lt|ut|nt|ld|de|me|ne|un|ught|it|et|ost|ell|ound)$"),
    needs_more=vocabulary(
        "based linked related aimed made used known expected supposed forced located involved "
        "set due able likely ready "
        "allowed asked told given called considered seen accused charged suspected required "
        "designed intended said thought "
        "put place rely relies relied depend depends consist consists look looks looked deal "
        "deals dealt belong belongs "
        "refer focus account amount apply respond turned turn placed brought brings bring keep "
        "keeps kept become became "
        "lead leads led help helps helped ask asks urge urged urges order ordered want wants "
        "wanted encourage invite "
        "invited has have had is are was were be been spend spent spends left take takes took "
        "fitted equipped filled met"
    ),
    banned_openers=vocabulary(_PRONOUNS)
    | vocabulary(
        "and but or so yet nor because although though while when whereas if unless until since "
        "after before as than then "
        "thus also however meanwhile instead still even just only not with without by from in on "
        "at for to of into "
        "according during despite under over asked whether how why where among compared against "
        "now then here later today yesterday once"
    ),
    banned_ends=vocabulary(
        "the a an of to in on at for with by from into onto as and or but nor so than that which "
        "who whom whose when where "
        "while because if is are was were be been being has have had will would can could may "
        "might must should shall do "
        "does did its their his her our my your this these those such very more most less least "
        "about over under between "
        "through during after before since until against among per not no also already only just "
        "even both either every "
        "each any some all other around across near up-to what how why whether said says told "
        "called including like "
        "there it he she they we i you another new own nearly almost least without within amid "
        "towards toward along"
    ),
    cut_before=vocabulary(
        "as after before during because while when although though whereas amid following despite since until where"
    ),
    cut_reluctantly=vocabulary(
        "in at on for with from by across along near around inside outside behind through to without"
    ),
    conditions=vocabulary("if unless provided"),
    quantifiers=vocabulary(
        "some many most several all more fewer about around nearly almost only one two three "
        "four five six seven eight nine ten"
    ),
    negations=vocabulary(
        "not no never nobody none nothing neither cannot only few little hardly isn't aren't "
        "wasn't weren't hasn't haven't won't can't couldn't don't doesn't didn't wouldn't"
    ),
    pronouns=vocabulary("i you he she it they we one there this that"),
    vague_nouns=vocabulary(
        "exception latter former others other reason answer problem result move idea same following point rest thing"
    ),
    takes_place=vocabulary(
        "stationed put puts place placed divided divide turned compared based added prevented "
        "keep kept replaced set split sent led depends fell grew"
    ),
    conjunctions=vocabulary("and but or"),
    weak_adverbs=pattern(
        r"(?:, (?:however|meanwhile|too|though|for example|of course|in turn|as well|for instance"
        r"|in fact|at least),?(?= |$))"
        r"|(?<=\w)(?<!\ba)(?<!\ban) (?:also|already|meanwhile|still|simply|currently|actually"
        r"|really|eventually|initially|recently|finally|nevertheless|now)(?= [a-z])"
    ),
    connective=pattern(
        r"^(?:(?:but|and|so|yet|still|then|or)\b,? |(?:however|meanwhile|moreover|furthermore"
        r"|in addition|for example"
        r"|for instance|as a result|in fact|instead|indeed|nevertheless|nonetheless|besides"
        r"|at the same time|of course"
        r"|in the meantime|even so|unsurprisingly|separately|similarly|in total|in all|so far"
        r"|until now|for now|for years"
        r"|by contrast|on the other hand|at first|at present|afterwards|later|now|earlier|also"
        r"|by then|since then),? )"
    ),
    leading_phrase=pattern(
        rf"^(?:{_TIME},? |(?:over|in|for|within|after|during) (?:the )?[\w-]+ (?:days|weeks|months"
        rf"|years|hours|minutes),? (?=the |a |an )|according to [^,]{{2,80}}, |(?:in|at|on|after"
        rf"|before|during|under|with|for|by|despite|since"
        r"|when|while|although|though|as|because|once|from|over|across|until|alongside|unlike|like"
        r"|following|among|between"
        r"|among|asked|last|next|this|to|at|within|throughout|around|given) [^,]{2,90}, "
        r"|[\w-]+ (?:minutes|hours|days|weeks|months|years) (?:later|earlier|ago),? |in (?:19"
        r"|20)\d\d,? )"
    ),
    time_phrase=pattern(
        rf",? (?<!\bfrom )(?<!\bsince )(?:{_TIME})(?![\w'’-])(?! (?:and|to|or|until) (?:{_DAY}|\d"
        rf"|{_MONTH}))(?! (?:morning|afternoon|evening|night)\b)(?:,(?= ))?"
    ),
    relative=pattern(r", (?:which|who|whose|where|when)\b[^,;]{3,160}(?:,(?= )|$)"),
    attribution_tail=pattern(
        rf"(?:,? according to [^,]{{2,90}}|, (?:[\w’'.\-]+ ){{1,7}}?{_SAY}"
        rf"(?: (?:on|in|at|during|yesterday|last|after|to)\b[^,]{{0,80}}|)|, {_SAY} [^,]{{2,100}})"
        r"(?:,[^,]{2,80})?$"
    ),
    # Only what was announced or measured may lose its source; what somebody merely said may be disputed.
    attribution_head=pattern(
        r"^[^,:;\"“]{2,60} (?:(?:has |have )?(?:announced|confirmed|found|revealed)|showed|shows|calculated)"
        r"(?: (?:on|in|at) \w+(?: \w+)?)? (?:that )?(?=[\w£$€])"
    ),
    saying=_SAY,
    keeps_article=False,
    article_stays_before=vocabulary(
        "third quarter half tenth fifth sixth few little lot number bit couple dozen hundred "
        "thousand million only same "
        "hague guardian times more most less rich poor old young former latter other others "
        "majority rest whole kind "
        "group series total best worst"
    ),
)
