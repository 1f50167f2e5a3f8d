"""French, as news copy uses it."""

from core.llm.lede.grammar import Grammar, pattern, vocabulary

_DAY = r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_TIME = (
    rf"(?:(?:ce |le )?(?:{_DAY})(?: (?:matin|soir|après-midi|dernier|prochain))?(?: \d{{1,2}} {_MONTH})?"
    rf"|le (?:1er|\d{{1,2}}) {_MONTH}(?: \d{{4}})?|hier(?: soir| matin)?|aujourd['’]hui"
    rf"|cette (?:semaine|nuit)|ce (?:matin|soir|mois)"
    r"|(?:la semaine|le mois|l['’]an|l['’]année|l['’]été|l['’]hiver) (?:dernière?|prochaine?"
    r"|passée?)|dans la nuit(?: de \w+ à \w+)?)"
)
_SAY = (
    r"(?:dit|explique|affirme|assure|déclare|précise|souligne|indique|ajoute|estime|raconte"
    r"|rappelle|confie|prévient|résume"
    r"|insiste|se réjouit|regrette|reconnaît|promet|(?:a|ont) (?:dit|expliqué|affirmé|assuré"
    r"|déclaré|précisé|souligné|indiqué"
    r"|ajouté|estimé|raconté|rappelé|confié|annoncé|prévenu|résumé|insisté|regretté|reconnu"
    r"|promis|fait savoir))"
)

FRENCH = Grammar(
    code="fr",
    common=vocabulary(
        "le la les des du de et en est un une dans que qui pour sur pas par au aux avec ce sont "
        "plus a été ont se il elle "
        "cette mais ses leur d'un d'une selon"
    ),
    determiners=vocabulary(
        "le la les un une des du ce cette ces son sa ses leur leurs au aux quelque chaque plusieurs deux trois quatre"
    ),
    auxiliaries=vocabulary(
        "fera feront est sont était étaient sera seront serait a ont avait avaient aura auront "
        "aurait va vont peut peuvent pourra "
        "pourront pourrait doit doivent devra devront devrait fait font veut veulent fut furent "
        "n'est n'a n'ont s'est ira iront"
    ),
    verbs=vocabulary(
        "prévoit prévoient permet permettent coûte coûtent annonce annoncent demande demandent "
        "reste restent ouvre ouvrent "
        "ferme ferment compte comptent espère espèrent souhaite souhaitent dénonce dénoncent "
        "devient deviennent prend prennent "
        "met mettent reçoit reçoivent attend attendent craint craignent augmente augmentent "
        "baisse baissent passe passent "
        "commence commencent arrive arrivent propose proposent dispose disposent accueille "
        "accueillent concerne concernent "
        "représente représentent réclame réclament touche touchent vient viennent tient tiennent "
        "lance lancent refuse "
        "refusent approuve vote votent cherche cherchent travaille travaillent vit vivent relie "
        "relient finance financent "
        "dure durent oblige s'élève s'élèvent s'oppose s'opposent s'inquiète s'inquiètent "
        "s'ouvre n'ont rejoint assure assurent "
        "comprend comprennent date datent voit voient perd perdent gagne gagnent revient "
        "reviennent suit suivent contient "
        "traverse traversent occupe occupent manque manquent existe existent figure figurent "
        "remplace remplacent porte portent "
        "repousse repoussent regrette regrettent adopte adoptent crée créent organise organisent "
        "investit investissent choisit réduit réduisent produit produisent construit "
        "construisent détruit subit choisissent part partent sort sortent dort dorment sert "
        "servent perturbe menace menacent inquiète inquiètent célèbre fête fêtent rouvre "
        "rouvrent accuse accusent appelle appellent invite invitent dépose déposent présente "
        "présentent publie publient rassemble réunit réunissent attire attirent bénéficie "
        "bénéficient coule coulent débute débutent démarre divise divisent double emploie "
        "emploient empêche empêchent enregistre entre entrent envisage évite exige exigent "
        "explose forme frappe habite habitent impose imposent installe joue jouent livre "
        "manifeste manifestent marque mène mènent montre montrent nomme paie paient perçoit pèse "
        "plaide prépare préparent progresse progressent protège provoque quitte quittent "
        "rappelle recule rejette rejettent rembourse remporte renonce renoncent rend rendent "
        "rénove renforce repose reproche reprend reprennent retrouve réclame réserve résiste "
        "séduit siège siègent signe signent soutient soutiennent stagne succède suspend survit "
        "tente tentent teste transforme trouve trouvent utilise utilisent verse versent visite "
        "connaît connaissent demeure demeurent naît paraît disparaît s'installe s'étend "
        "s'étendent se précise explique estime affirme indique souligne rappelle juge"
    ),
    verb_ending=pattern(
        r"^(?:[a-zàâçéèêëîïôûùü]['’])?[a-zàâçéèêëîïôûùü]{2,}(?:era|eront|ira|iront|dra|dront|ait"
        r"|aient|èrent|erait|eraient|iraient)$"
    ),
    not_verbs=vocabulary("fait souhait lait parfait trait portrait attrait retrait extrait caméra opéra orchestra era"),
    participle=pattern(
        r"^[a-zàâçéèêëîïôûù]{2,}(?:é|ée|és|ées|i|ie|is|ies|it|ite|u|ue|us|ues|ert|erte|erts"
        r"|ertes)$"
    ),
    needs_more=vocabulary(
        "fait font va vont mis mise permis pris prise devenu dû pu voulu rendu composé lié liée "
        "située situé destiné destinée "
        "chargé chargée prévu considéré demandé appelé invité basé estimé dispose compte doit "
        "peut veut a ont est sont était "
        "autorisé obligé utilisé consacré consacrée réservé réservée voté reçu annoncé décidé "
        "choisi trouvé passe passera porté confié"
    ),
    banned_openers=vocabulary(
        "il elle ils elles on je tu nous vous ce cela ça c'est celui celle ceux celles ces cette "
        "cet son sa ses leur leurs mon ma mes notre "
        "nos y en et mais ou donc or ni car qui que dont où lorsque quand comme si alors puis "
        "ainsi aussi enfin pourtant "
        "cependant toutefois selon après avant pour par avec dans sur sous sans à au aux de "
        "depuis pendant d'ici "
        "d'autres d'autre l'autre lui tout chacun aucun rien personne plus parmi malgré face "
        "grâce ici là voilà "
        "l'un l'une quelques-uns ni outre afin chez j'ai j'étais qu'il"
    ),
    banned_ends=vocabulary(
        "le la les un une des du de et ou mais en à au aux dans sur pour par avec que qui dont "
        "où est sont était sera seront a ont "
        "avait va vont peut doit ce cette ces son sa ses leur leurs plus moins très ne pas se "
        "pourtant ensuite alors si car comme sans sous entre vers "
        "chez depuis pendant après avant contre être avoir fait faire ont ainsi aussi d'un d'une "
        "d'ici selon deux trois tout toute "
        "tous toutes chaque plusieurs il elle ils elles on nous vous étaient seraient serait "
        "jusqu'à jusqu'au lors afin grâce deux également encore même dès l'ordre près d'être"
    ),
    cut_before=vocabulary(
        "dès après avant pendant depuis car lorsque quand malgré selon où puisque alors-que "
        "tandis-que parce-que afin-de lors-de"
    ),
    cut_reluctantly=vocabulary("en à au aux dans sur pour avec par entre sous vers chez sans contre"),
    conditions=vocabulary("si sauf condition sinon tant"),
    conjunctions=vocabulary("et mais ou"),
    quantifiers=vocabulary(
        "certains certaines plusieurs beaucoup tous toutes deux trois quatre cinq six sept huit neuf dix onze douze"
    ),
    negations=vocabulary("ne pas aucun aucune jamais rien personne seul seule seuls seulement n'est n'a n'ont n'y"),
    pronouns=vocabulary("il elle ils elles on je tu nous vous ce c'est ça cela"),
    vague_nouns=vocabulary("exception raison énigme résultat même suite reste"),
    takes_place=vocabulary(
        "privera prive privé prévoit est sont mis mise placé divisé passé passe réparti transformé remplacé comparé"
    ),
    weak_adverbs=pattern(
        r"(?:, (?:toutefois|cependant|pourtant|en effet|par ailleurs|par exemple|quant à (?:lui"
        r"|elle|eux)|elle aussi|lui aussi|en revanche|notamment|bien sûr),?(?= |$))"
        r"|(?<=\w) (?:également|aussi|déjà|toutefois|cependant|notamment|actuellement|récemment"
        r"|ainsi|désormais|finalement|par ailleurs)(?= [a-zà-ü])(?! que)(?! bien)"
    ),
    connective=pattern(
        r"^(?:(?:mais|et|or|donc|puis|enfin|car)\b,? |(?:cependant|toutefois|pourtant|par ailleurs"
        r"|en outre|de plus|ainsi|en effet"
        r"|par exemple|en revanche|désormais|au total|en tout|jusqu['’]ici|jusqu['’]à présent"
        r"|pour l['’]instant|pour le moment|dans un premier temps|à terme|à l['’]avenir"
        r"|depuis),? )"
    ),
    leading_phrase=pattern(
        rf"^(?:{_TIME},? (?=[a-zà-ü])|(?:selon|d['’]après|en|à|au|aux|après|avant|pour|dans|depuis"
        rf"|pendant|avec|face|lors|malgré|grâce|sur|chez|d['’]ici"
        r"|dès|durant|faute|outre|parmi|sans|par|lorsque|quand|alors que|si l['’]on|du côté|côté"
        r"|parallèlement|entre|l['’]an dernier) ?[^,]{1,90}, |cette année, |chaque \w+, "
        r"|(?:l['’]été|l['’]hiver) dernier, )"
    ),
    time_phrase=pattern(rf",? (?:{_TIME})(?![\w'’-])(?! (?:et|au|à|ou)\b)(?:,(?= ))?"),
    relative=pattern(r", (?:qui|dont|où|lequel|laquelle|ce qui)\b[^,;]{3,160}(?:,(?= )|$)"),
    attribution_tail=pattern(
        rf", (?:(?:a|ont)-t-(?:il|elle|ils|on) \w+|{_SAY}|selon"
        rf"|d['’]après)\b[^,]{{0,110}}(?:,[^,]{{2,80}}){{0,2}}$|,? selon [^,]{{2,90}}$"
    ),
    attribution_head=pattern(
        r"^[^,:;\"«]{2,60} (?:a|ont) (?:annoncé|indiqué|précisé|confirmé)"
        r" (?:\w+ )?que (?=(?:le|la|les|l['’]\w+|des|un|une|plus|près"
        r"|\d[\d.,]*|[A-Z]\w+) )"
    ),
    saying=_SAY,
    quote_marks=("«\u00a0", "\u00a0»"),
    exclamation="\u202f!",
    colon="\u00a0: ",
    chatter=(
        "Voici quelques idées de titres pour votre article :",
        "Dites-moi si vous souhaitez un autre ton !",
    ),
)
