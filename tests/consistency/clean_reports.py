"""Two fictional reports without a fault, in which faults are planted one at a time."""

SECTION7 = """\
# Report under section 7 of the Children Act 1989
| Court | Family Court at Lincoln |
| Case number | LN25P00417 |
| Child | Rory James Tallis, born 9 October 2017 (7) |
| Mother | Ms Hannah Tallis |
| Father | Mr Peter Aldridge |
| Author | Judith Marsh, family court adviser, Cafcass |
| Date of report | 2 June 2025 |
## Enquiries
1.\tI saw Rory alone at Westgate Primary School on Tuesday 29 April 2025 and at his mother's home on 8 May 2025. I met Ms Tallis on 8 May 2025 and Mr Aldridge on 12 May 2025.
2.\tI spoke by telephone to Mrs Ellen Court, class teacher, on 6 May 2025, and read the police disclosure of 14 April 2025.
## Background
3.\tThe parents separated in August 2022, when Rory was four. They had lived together in Lincoln for six years, from June 2016 to August 2022.
4.\tMr Aldridge then saw Rory on alternate Saturdays for two years. There were nineteen handovers at the library, and Ms Tallis says that seven of them ended in an argument.
5.\tThe visits stopped on 14 September 2024. Mr Aldridge applied to the court on 3 January 2025.
## Checks
6.\tLincolnshire Police hold five call-outs to the family's former flat between 2019 and 2022. Mr Aldridge was sentenced in 2020 to a community order for criminal damage to a door.
7.\tThe local authority has had two referrals, both closed after an assessment.
## Rory
8.\tRory is seven and is in Year 2. He likes maps. Mrs Court said that he has missed three of sixty school days this term.
9.\tOn 8 May he showed me a map of the two houses, with a bridge between them. He told me that he would like to cross it "but with Nan on it". The maternal grandmother, Mrs Joan Tallis, lives nearby.
10.\tI asked Rory what had stopped. He said that the shouting had stopped, and that he missed the swings and the dog.
## Analysis
11.\tThe call-outs described at paragraph 6 frightened him: he hid behind the sofa on two of those evenings, by his own account and his mother's. That is harm, and both parents accept it.
12.\tMr Aldridge has since completed a course of twenty sessions. His tutor's letter says that he attended all of them.
13.\tMs Tallis meets Rory's needs well. At seven he can say what he wants and why, and I give weight to it.
## Recommendation
14.\tI recommend that Rory live with Ms Tallis and spend time with Mr Aldridge on alternate Saturdays from 10 am to 2 pm, with Mrs Joan Tallis present at handover, for the reasons at paragraphs 9 to 12 above.
15.\tI went through this with both parents on 27 May 2025. I shall tell Rory at school on 17 June 2025.
"""

SECTION31 = """\
# Final analysis of the children's guardian
| Court | Family Court at Swansea |
| Case number | SA25C50088 |
| Children | Nia Catrin Probert, born 4 February 2019; Gethin Huw Probert, born 21 July 2022 |
| Mother | Ms Sara Probert |
| Father of both | Mr Owen Lacey |
| Guardian | Meinir Voyle, children's guardian, Cafcass Cymru |
| Date | 10 November 2025 |
## 1. What I have done
- Nia and Gethin, at the foster home: 14 August and 22 October 2025
- Ms Probert: 19 August and 23 October 2025
- Mr Lacey, by video: 2 September 2025
- Mr Huw Bevan, social worker: 28 October 2025
- Independent reviewing officer, Mrs Carys Moyle: 29 October 2025
## 2. Threshold
The threshold was agreed on 7 July 2025. Nia missed thirty-one days of school in Reception, and Gethin was found alone in the flat on 3 May 2025. Both children were placed with foster carers on 6 May 2025 under an interim care order of 9 May 2025.
## 3. The children
Nia is six and in Year 2. Gethin is three. They share a room at the foster home, which Nia calls the blue house.
On 22 October Nia drew her mother outside the blue house with an umbrella. She told me that the umbrella was for the sad rain. Gethin, who speaks in short sentences, took my hand and showed me his bed.
Nia has put on four kilograms since May (health visitor). Gethin had lost two teeth to decay before he was three.
## 4. The mother
Ms Probert has kept 31 of 36 contacts. She has completed nine of the twelve sessions of the recovery programme, by the worker's letter of 20 October 2025. Her hair test in September was clear for three months.
In section 6 I explain why that is not yet enough. She told me that she would need another year, and I respect her for saying it.
## 5. The realistic options
Option 1: a return to Ms Probert now, with a supervision order.
Option 2: long-term foster care, with contact once a month.
Option 3: placement with Mr Lacey's sister, whose assessment was negative.
Option 1 keeps the family together and carries the risk that the drinking returns. Option 2 gives both children the room that they know. Option 3 is ruled out by the assessment.
## 6. Analysis
A child of six has had half of her life in doubt. Nia asks each week where she will be at Christmas, and Gethin watches her to see whether he should cry. The plan for long-term foster care answers her question and keeps the two together.
## 7. Recommendation
I recommend care orders for both children, and contact with Ms Probert once a month for two hours. I shared this with Ms Probert on 5 November 2025 and with Mr Lacey on 6 November 2025; Nia will be told by Mr Bevan and me on 24 November 2025.
"""
