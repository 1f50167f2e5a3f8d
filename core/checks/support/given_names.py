"""First names that are frequent where the four languages are spoken: what stands before a surname may be a title as well."""

from core.checks.support.words import words

GIVEN_NAMES = words(
    "adam adrian agnes ahmed alain alan albert alex alexander alexandra alexandre alfred ali alice alison amanda "
    "amelie amy andre andrea andreas andrew andy angela anita anja anke ann anna anne annette annie anouk anthony "
    "antoine anton antonia antonio arnaud arthur astrid audrey axel barbara bart bas bastian bastien beate ben "
    "benedikt benjamin benoit bernard bernd bert bettina bill birgit bjorn bob boris brian brigitte bruno camille "
    "carl carla carlos carmen carol caroline catherine cathy cecile chantal charles charlotte chloe chris christa "
    "christian christiane christina christine christoph christophe christopher claire clara claude claudia claus "
    "clemens clement colin corinna corinne cornelia daan dagmar damien dan daniel daniela danielle danilo dave david "
    "deborah delphine denis dennis diana didier dieter dirk dominic dominik dominique donald dorothea dragan eddy "
    "edith edouard edward elena eline elisabeth elise elizabeth ellen els elsa emil emily emma emmanuel eric erica "
    "erich erik erika ernst esther etienne eva evelyn fabian fabien fatima felix femke ferdinand fernando florence "
    "florian france francesca francesco francis francisco franck francois francoise frank frans franz fred frederic "
    "frederik friedrich fritz gabriel gabriela gabriele gareth gary geert georg george georges gerald gerard gerd "
    "gerhard gert ghislaine gilbert gilles giovanni gisela giulia giuseppe gordon graham greg gregory guido guillaume "
    "gunter gustav guy hamza hanna hannah hannes hans harald harry hassan heike heiko heinrich heinz helen helena "
    "helene helga helmut hendrik henk henri henry herbert hermann holger hugo ian ibrahim ilse ines inge ingo ingrid "
    "irene iris isabel isabella isabelle ivan jack jacob jacques jakob james jan jana jane janet janine jason jean "
    "jeanne jeff jelle jennifer jens jeremy jeroen jerome jessica jill jim joachim joan joanna jochen joe joel joelle "
    "johan johann johanna johannes john jolanda jonas jonathan joost jorg jorge jos jose josef joseph joshua juan "
    "julia julian julie julien juliette jurgen justin karel karen karin karl karla karsten kate katharina katherine "
    "kathrin katja katrin keith kelly ken kenneth kerstin kevin kim klaas klaus konrad konstantin kristin kurt lars "
    "laura lauren laurence laurent lea lena leo leon leonie lewis liam lieke lina linda lisa lorenz louis louise luc "
    "luca lucas lucie lucy ludwig luis luisa lukas luke lutz lydia maarten magali magdalena maike manfred manon "
    "manuel manuela marc marcel marco marcus margaret margot maria marian marie marieke marijn marina mario marion "
    "marjan mark marko markus marlene marta martha martin martina martine mary mathias mathieu mathilde matteo "
    "matthew matthias matthieu maurice max maxime mehmet melanie michael michaela michel michele michelle mieke "
    "miguel mike milan miriam mohamed mohammed monica monika monique moritz muriel mustafa nadia nadine natalia "
    "natalie nathalie neil nicholas nick nicola nicolas nicole niels nigel niklas nils nina nora norbert odile olaf "
    "oliver olivia olivier omar oscar oskar otto pablo pamela pascal patrice patricia patrick paul paula pauline "
    "pedro peggy peter petra philip philipp philippe pierre pieter pim piotr quentin rachel ralf ralph raphael "
    "rebecca regina regine reinhard remi renate rene richard rita rob robert roberto robin roger roland rolf romain "
    "roman ronald rosa rosemary rudolf ruth ryan sabine sam samantha samir samuel sander sandra sandrine sara sarah "
    "sebastian sebastien serge sergio sharon sigrid silke silvia simon simone sjoerd sofia sofie sonja sophia sophie "
    "stefan stefanie steffen stephan stephane stephanie stephen steve steven stijn stuart susan susanne suzanne sven "
    "sylvia sylvie tanja tessa theo theodor theresa thierry thijs thomas tilo tim timo timothy tobias tom tony "
    "torsten ulf ulrich ulrike ursula ute uwe valentin valerie vanessa vera veronique victor victoria viktor vincent "
    "virginie volker walter werner wilhelm willem william wim wolfgang xavier yann yannick yasmin yves yvonne zoe"
)

NICKNAMES = tuple(
    words(kin)
    for kin in (
        "bill will william", "bob rob robert", "dick rick richard", "jim james", "jack john", "ted ed edward eddy",
        "tony anthony",
        "tom thomas", "mike michael", "liz beth elizabeth elisabeth", "peggy margaret", "hans johannes johann", "joop johannes",
        "kate katherine catherine kathy",
        "chuck charles charlie", "harry henry", "hank henry", "betty elizabeth",
        "nick nicholas",
        "toni anton", "sepp josef", "uli ulrich", "wim willem", "bart hubert", "piet pieter", "klaas nicolaas",
    )
)  # fmt: skip
"""Short forms that do not begin as the name does."""
