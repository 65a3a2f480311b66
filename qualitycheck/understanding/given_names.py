"""Given names common in England and Wales: they tell a person from a place and suggest a pronoun."""

from __future__ import annotations

FEMALE = frozenset(
    """
    abigail ada adele aisha alice alicia alison amanda amber amelia amina amy andrea angela angharad anita ann anna
    anne annie anwen april aria asha ashleigh ava ayesha barbara bea beatrice becky bella bernadette beth bethan
    bethany betty bianca brenda bridget bronwen cadi carol carole caroline carolyn carys catherine catrin celia
    cerys charlene charlotte chelsea cheryl chloe christina christine claire clara clare colette connie courtney
    cynthia daisy danielle dawn deborah debbie debra delyth denise diana diane donna doreen dorothy edith eileen
    eira eirlys elaine eleanor elen eleri elena elin elizabeth ella ellen ellie elsie eluned emily emma erin esme
    esther eve eva evelyn evie faith farah fatima fay ffion fiona florence frances frankie freya gail gaynor gemma
    georgia georgina geraldine gillian gina glenys gloria grace gwen gwenda gwenllian gwyneth halima hannah harriet
    hazel heather helen helena heidi heledd hilary holly hope imogen india ines iris irene isabel isabella isabelle
    isla ivy jacqueline jade jan jane janet janice janine jasmine jayne jean jeanette jemma jennifer jenny jess
    jessica jill jo joan joanna joanne jodie josephine josie joy joyce judith judy julia julie june karen kate
    katherine kathleen kathryn katie katrina katy kayleigh keira kelly kelsey kerry kim kimberley kirsty kirsten
    lara laura lauren layla leah leanne leila lesley lexi lillian lily linda lindsay lisa liz lola lorna lorraine
    lottie louise lowri lucy luna lydia lynda lynn lynne mabel maddison madeleine maggie maisie mali mandy margaret
    maria mariam marian marie marion marjorie martha mary matilda maureen mavis maya megan melanie melissa mererid
    meryl mia michelle mila millie miriam moira molly mollie monica morag morwenna myra nadia nadine nancy naomi
    natalie natasha nasreen nerys nest nia nicola nicole niamh nina nkechi nora noreen norma olive olivia paige
    pamela pat patience patricia paula pauline pearl penelope penny petra philippa phoebe phyllis pippa polly poppy
    precious priya rachel rebecca rhian rhiannon rhoda rita robyn roisin rosa rosalind rose rosemary rosie rosalyn
    roxanne ruby rukhsana ruth sadia saima sally samantha samina sandra saoirse sara sarah sasha scarlett seren
    shabnam shanice shannon sharon shauna shazia sheila shelley shirley shona sian siân sienna sinead siobhan skye
    sonia sophia sophie stacey stella stephanie sue summer susan suzanne sybil sylvia tamsin tanwen tanya tara tasha
    tegan teresa tess tessa thandi theresa tia tilly tina toni tracey tracy trudy una ursula valerie vanessa vera
    verity veronica vicky victoria violet vivien wendy willow winifred yasmin yvonne zahra zainab zara zoe zofia
    agnieszka magda malgorzata katarzyna ewa aleksandra zuzanna maja lena hania oluwaseun adaeze chioma ngozi folake
    funmi abena ama akua efua thea ottilie orla aoife ciara caitlin sorcha maeve nuala ceri rhiain lleucu mared efa
    gwawr haf lois manon marged mirain nel non beca hester effie agnes anneliese filipa graça graca inês noemi greta
    ingrid astrid freda winnie nell nelly bonnie maisy minnie hettie edie elodie aurora autumn savannah skyla lyra
    orlaith roise saskia thora marianne rosemarie annette marilyn marina carla carly carmen leonie honor constance
    prudence cordelia ottoline philomena bernice beverley beverly christabel coral corinne deirdre dora elsa enid
    ethel eugenie fleur gabrielle gabriella giselle gretchen harper haley hayley hattie ida ilse inga iona isobel
    jacinta jemima jocelyn juliet justine kathy kitty kyra lavinia leigh leona leyla libby lilian lina lucinda lucie
    lynette maddie magdalena marcia margot marisa marta mathilda maxine melody mildred mina muriel myrtle nerissa
    nova odette pandora petula priscilla ramona renee rhona rochelle roberta romilly rosanna rowena sabrina sadie
    selina serena shireen sheena simone suki tabitha tallulah thelma tiffany trina trixie velma vivienne wanda wilma
    winona xanthe yolanda yvette zena khadija maryam aaliyah amirah anisa bushra faiza farzana fozia hafsa hina huma
    iqra jameela kulsoom laiba madiha mahnoor mehreen nabila nadira naila nazia noor parveen rabia razia rehana
    robina rubina sabah safiya sameera sana shaheen shagufta sumaira tahira tasnim uzma yusra zakia zubaida anjali
    deepa divya gita harpreet jaspreet kavita lakshmi manpreet meena meera neha nisha pooja preeti radha rani reena
    rekha rupinder sangita shanti simran sita sunita sushma usha vandana beata bozena danuta dorota elzbieta grazyna
    halina iwona izabela jadwiga jolanta justyna krystyna lidia malgosia marzena monika natalia oksana olga paulina
    renata sylwia tatiana urszula wioletta yulia adaora adwoa afia akosua aminata ayo bisi blessing bukola chiamaka
    comfort ebele efe esi fatou folasade gift ifeoma ijeoma kemi maame mariama mercy ndidi nneka obioma oluchi oyin
    sade temitope titilayo yetunde yemi zodwa begw branwen celyn dilys mair menna myfanwy olwen tesni tirion
    """.split()
)
MALE = frozenset(
    """
    aaron abdul abdullah abraham adam adrian ahmed aidan aiden ajay alan albert alec aled alexander alfie alfred ali
    alistair amir andrew andrzej andy aneurin angus anthony antony archie arjun arnold arthur asif barry ben
    benjamin bernard bertie bilal blake bobby brandon brendan brett brian bruce bryn brynmor cai caleb callum calum
    cameron carl cedric ceri charles chidi christian christopher ciaran clifford clive colin connor conor corey
    craig cyril dafydd dai damian dan daniel danny darragh darrell darren david dean declan denis dennis derek
    dermot desmond dewi dominic donald douglas dougie duncan dylan eamon edward edwin elijah elis elliot ellis emlyn
    emrys emyr eric ernest ethan euan evan ezra fergus finlay finn finley francis frank fred freddie frederick
    gareth gary gavin geoffrey george gerald gerard gethin gideon giles glen glenn glyn gordon graham grant greg
    gregory gruffydd guto guy gwilym gwyn hamish hamza harley harold harrison harry harvey hassan hefin henry
    herbert howard huw hugh hugo hussain hywel iain ian ibrahim idris ieuan ifan ifor imran ioan iolo isaac ismail
    ivan ivor iwan jac jack jackson jacob jacek jake jakub james jamal jamie jared jason jasper jay jayden jeffrey
    jeremy jerome jim jimmy joe joel john johnny jonah jonathan jordan joseph joshua josh jude julian justin kai
    kamran kane karl keith keiron kelvin ken kenneth kenny kevin khalid kian kieran kieron kofi krzysztof kwame kyle
    lachlan lance lawrence lee lennon lennie leo leon leonard leslie lewis liam lloyd logan lorcan louie louis lucas
    luca luke luther macsen malcolm marc marcin marcus mark martin martyn marvin mason matt matthew maurice max
    maxwell meurig michael michal mick mickey miles milo mohammad mohammed mostyn muhammad musa mustafa nathan
    nathaniel neil neville niall nicholas nick nigel noah noel norman oisin olaf oliver ollie omar oscar osian otis
    owain owen patrick paul pawel percy peter phil philip piotr quentin rafael rafal raj rajesh ralph raymond reece
    reggie rex rhodri rhydian rhys richard ricky riley robbie robert robin rodney roger rohan roland rolf ronald
    ronnie rory ross rowan roy rufus rupert russell ryan sam samuel saul scott sean sebastian shane shaun sidney
    simon sion siôn spencer stan stanley stefan stephen steve steven stewart stuart sunil syed tariq ted teddy
    terence terry theo theodore thomas tim timothy tobias toby todd tom tomasz tommy tony trefor trevor tudor tyler
    tyrone usman vernon victor vijay vincent wayne wesley wilfred will william winston wyn yusuf zac zachary zack
    zain zak zayn reuben rueben malachi ezekiel elias ellery barnaby bartholomew benedict bernie bertram bill billy
    blaine bob bram brodie bruno buddy casper caden carter cecil chad charlie chester clark claude cliff clint clyde
    cody cole cormac cory cuthbert dale darcy deacon denny des dex dexter dick digby dirk don drew dwayne eddie
    edgar edmund efan eli elton emmett enoch enzo ernie errol everett fabian felix fletcher floyd forrest franklin
    gabriel gene gerry gil gordie griff gus hank harris harvie hector heath hew horace howell hubert humphrey hunter
    ignatius ike ingram irvine isaiah jarvis jed jeff jenson jermaine jerry jesse jethro jock jonny jory joss jotham
    juan julius kayden keaton kenzie kerr kevan kit konrad kurt lamar lars laurence laurie layton len leopold lex
    lionel lorenzo lyndon mac magnus manny marco marlon marshall maximilian mervyn mitch mitchell mohamed monty
    morris ned neal nye obadiah odin olly orlando oswald otto pablo pat percival perry piers preston rab ray reg
    reginald remy rhett rick rob rod roman ron roscoe ruben rudy rusty samson sandy seamus selwyn seth shay sid
    silas sol solomon sullivan sylvester tam taron taylor tel terrance thaddeus tristan troy tyrell tyson uriah
    vaughan vic vince vinnie vivian wallace walt walter warren wes wilf wilfrid willem woody wyatt xavier yorath
    zander zeb zeke aamir adeel akhtar amjad anwar arif arshad ashraf aziz babar danish faisal farhan fahad habib
    hamid haroon idrees iftikhar imtiaz iqbal irfan ishaq jabir javed junaid kabir karim kashif latif mahmood majid
    mansoor mehmood mubarak nadeem naeem nasir naveed nawaz qasim rafiq rahim rashid rizwan saeed sajid saleem
    salman shabir shahid shakeel shoaib sohail suleman tahir talha tanveer waqar waseem yaqub yasin yousaf younis
    zafar zahid zahir zubair amit anil ashok baljit dinesh gurpreet harjit jagdish jasdeep kuldeep manjit mohan
    mukesh naresh nikhil prakash rahul rakesh rohit sachin sandeep satnam suresh sukhdev surinder vinod vishal artur
    bartosz dariusz dominik grzegorz jaroslaw jerzy kamil kazimierz lukasz maciej marek mariusz mateusz pavel
    radoslaw slawomir stanislaw szymon tadeusz waldemar wojciech zbigniew igor dmitri oleksandr sergei vasile ion
    mihai andrei cristian johan sven anders erik joao jose luis carlos miguel pedro rui tiago nuno adebayo ade akin
    ayodele chike chinedu dayo ebenezer efosa ikenna jide kelechi kola kunle kwabena kwasi kwesi mensah nnamdi obi
    olu segun sola tayo temi tobi uche wale yinka oluwaseyi emeka chukwu tunde femi babatunde kwaku yaw kojo elwyn
    eurig gwynfor heddwyn llew llywelyn meilyr moses nico rhun steffan tomos twm albie alby caspian ptolemy ravi
    sanjay vikram arun dev aryan
    """.split()
)
GIVEN = FEMALE | MALE


def pronoun_of(given_name: str) -> str | None:
    """ "she" or "he" where the name is given to one sex only, else None."""
    name = given_name.lower()
    if name in FEMALE and name not in MALE:
        return "she"
    if name in MALE and name not in FEMALE:
        return "he"
    return None
