"""Recommendations to no State in particular, made up for the tests, in six obvious themes."""

from linker.records.record import Record

THEMES = {
    "death": [
        "Abolish the death penalty for all crimes",
        "Establish a formal moratorium on executions with a view to abolishing the death penalty",
        "Commute all death sentences to terms of imprisonment",
        "Remove the mandatory death penalty from the criminal code",
        "Publish figures on death sentences and executions every year",
        "Restrict the death penalty to the most serious crimes pending its abolition",
        "Declare a moratorium on the death penalty without delay",
    ],
    "prison": [
        "Reduce overcrowding in prisons by using alternatives to detention",
        "Improve conditions of detention in all prisons, including food and medical care",
        "Build new prison wings and renovate cells to end overcrowding",
        "Separate juvenile detainees from adults in every place of detention",
        "Provide prisoners with access to doctors and clean water in prisons",
        "Reduce the length of pre-trial detention and the overcrowding of prisons",
        "Allow independent monitors to visit prisons and other places of detention",
    ],
    "school": [
        "Guarantee free primary education for every child",
        "Build schools in rural districts and train more teachers",
        "Increase the share of girls who complete secondary education",
        "Reduce the drop-out rate in primary and secondary schools",
        "Allocate more of the national budget to education and schools",
        "Provide school meals and textbooks to pupils in remote schools",
        "Improve the quality of education and the pay of teachers",
    ],
    "trafficking": [
        "Strengthen efforts to combat trafficking in persons",
        "Prosecute traffickers and protect the victims of human trafficking",
        "Open shelters for victims of trafficking in persons",
        "Train border guards to identify victims of human trafficking",
        "Adopt a national plan against trafficking in persons, especially women and children",
        "Investigate all reports of trafficking for forced labour",
        "Cooperate with neighbouring countries against human trafficking networks",
    ],
    "disability": [
        "Ensure that persons with disabilities enjoy access to public buildings",
        "Adopt a law on the rights of persons with disabilities",
        "Provide sign language interpretation for deaf persons in courts and hospitals",
        "Promote the employment of persons with disabilities",
        "Replace institutions for persons with disabilities by community-based services",
        "Involve organizations of persons with disabilities in the drafting of laws",
        "Raise awareness of the rights of persons with disabilities",
    ],
    "press": [
        "Protect journalists from intimidation and violence",
        "Decriminalize defamation in line with freedom of expression",
        "Guarantee freedom of expression online and offline",
        "Release all journalists detained for their reporting",
        "Repeal provisions that restrict freedom of the press and freedom of expression",
        "Ensure the independence of the media and freedom of expression",
        "Refrain from blocking websites and respect freedom of opinion and expression",
    ],
}


def records(*tags: str) -> list[Record]:
    """Return the 42 records, ids by theme; with ``tags``, each tagged with all of them."""
    return [
        Record(id=f"{theme}-{number}", text=text, state="XXX", themes=tags)
        for theme, texts in THEMES.items()
        for number, text in enumerate(texts)
    ]
