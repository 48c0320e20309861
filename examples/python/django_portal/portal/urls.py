"""The addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("card/<str:number>/", views.card, name="card"),
    path("card/<str:number>/<str:action>/", views.act, name="act"),
    path("places/", views.publish, name="publish"),
]
