"""URL。"""

from django.urls import path

from tsugaru.gyomu.atena.screens import attached, become, deliveries, home, links, number, person, register

app_name = "atena"
urlpatterns = [
    path("", home.home, name="home"),
    path("new/person", register.new_person, name="new_person"),
    path("new/corporation", register.new_corporation, name="new_corporation"),
    path("returned", deliveries.listing, name="deliveries"),
    path("links", links.pending, name="pending"),
    path("links/<int:pk>", links.confirm, name="confirm"),
    path("p/<str:number>", person.person, name="person"),
    path("p/<str:number>/edit", register.edit, name="edit"),
    path("p/<str:number>/outsider", become.become, name="become"),
    path("p/<str:number>/close", register.close, name="close"),
    path("p/<str:number>/reopen", register.reopen, name="reopen"),
    path("p/<str:number>/mailing", attached.set_mailing, name="mailing"),
    path("p/<str:number>/mailing/<slug:office>/end", attached.end_mailing, name="mailing_end"),
    path("p/<str:number>/agent", attached.set_agent, name="agent"),
    path("p/<str:number>/agent/<int:pk>/end", attached.end_agent, name="agent_end"),
    path("p/<str:number>/contact", attached.add_contact, name="contact"),
    path("p/<str:number>/returned", deliveries.receive, name="returned"),
    path("p/<str:number>/returned/<int:case>", deliveries.case, name="delivery"),
    path("p/<str:number>/number", number.number, name="number"),
    path("p/<str:number>/number/withdraw", number.withdraw, name="number_withdraw"),
    path("p/<str:number>/matches", links.matches, name="matches"),
    path("p/<str:number>/matches/<str:other>", links.compare, name="compare"),
]
