using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Unit.Review;

public sealed class DecisionFormTests
{
    [Fact]
    public void Form_BeforeAVerdict_AsksForOne() => Assert.Equal(FormGap.Verdict, new DecisionForm(DeskCases.Post()).Gap);

    [Fact]
    public void Violation_WhereTheQueueAsksForPolicyAndReason_NeedsBoth()
    {
        DecisionForm form = new(DeskCases.Post());

        form.Choose(Verdict.Violation);
        Assert.Equal(FormGap.Policy, form.Gap);
        form.Choose(DeskCases.Spam);
        Assert.Equal(FormGap.Reason, form.Gap);
        form.Reason.Typed("   ");
        Assert.Equal(FormGap.Reason, form.Gap);
        form.Reason.Typed("It is spam.");
        Assert.Null(form.Gap);
    }

    [Fact]
    public void Allow_NeedsNothingMore()
    {
        DecisionForm form = new(DeskCases.Post());

        form.Choose(Verdict.Allow);

        Assert.Null(form.Gap);
    }

    [Fact]
    public void Policy_Chosen_FillsInItsActionsAndFirstTemplate()
    {
        DecisionForm form = new(DeskCases.Post());

        form.Choose(DeskCases.Threats);

        Assert.Equal(Verdict.Violation, form.ChosenVerdict);
        Assert.Equal(["act_remove", "act_suspend"], form.ChosenActions.Select(offer => offer.Action.Id));
        Assert.Equal("Threatens a person.", form.Reason.Text);
    }

    [Fact]
    public void AnotherPolicy_AfterChangesByHand_KeepsThem()
    {
        DecisionForm form = new(DeskCases.Post());
        form.Choose(DeskCases.Spam);
        form.Reason.Typed("My own words.");
        ActionOffer suspend = form.Offers.Single(offer => offer.Action.Id == "act_suspend");
        suspend.Chosen = suspend.ByHand = true;

        form.Choose(DeskCases.Doxxing);

        Assert.Equal("My own words.", form.Reason.Text);
        Assert.Equal(["act_suspend"], form.ChosenActions.Select(offer => offer.Action.Id));
    }

    [Fact]
    public void Command_CarriesTheDrawThatTheFormWasMadeFor()
    {
        DecisionForm form = new(DeskCases.Post());
        form.Choose(DeskCases.Threats);
        form.Note.Typed("For the team.");

        DecideCommand command = form.ToCommand(Verdict.Violation);

        Assert.Equal((7, 3, "pol_threats"), (command.TaskNumber, command.Fence, command.PolicyId));
        Assert.Equal(("Threatens a person.", "For the team."), (command.ReasonForUser, command.InternalNote));
    }

    [Fact]
    public void Allow_AfterAViolationWasBegun_OrdersNothingAndTellsNothing()
    {
        DecisionForm form = new(DeskCases.Post());
        form.Choose(DeskCases.Threats);
        form.Choose(Verdict.Allow);

        DecideCommand command = form.ToCommand(Verdict.Allow);

        Assert.Empty(command.Actions);
        Assert.Null(command.ReasonForUser);
    }

    [Fact]
    public void KeptForm_ReadAgain_IsTheSame()
    {
        DeskItem related = DeskCases.Item("beside", judged: false, id: "p-2");
        DeskCase about = DeskCases.Post() with { Related = [related] };
        DecisionForm form = new(about);
        form.Choose(DeskCases.Doxxing);
        form.Reason.Typed("A reason");
        form.Note.Typed("A note");
        ActionOffer onRelated = form.Offers.Single(offer => offer is { Target: ActionTarget.RelatedItem, Action.Id: "act_remove" });
        onRelated.Chosen = true;

        DecisionForm again = new(about with { Draft = form.Keep().Write() });

        Assert.Equal((Verdict.Violation, "pol_doxxing", "A reason", "A note"), (again.ChosenVerdict, again.ChosenPolicy?.Id, again.Reason.Text, again.Note.Text));
        Assert.Equal(new TargetItem("post", "p-2"), again.ChosenActions.Single().ToOrder().Related);
    }

    [Fact]
    public void Policy_NoLongerOffered_TakesVerdictAndItsActionsWithIt()
    {
        DeskCase about = DeskCases.Post();
        DecisionForm form = new(about);
        form.Choose(DeskCases.Threats);
        form.Note.Typed("A note");
        string kept = form.Keep().Write();
        DeskCase renewed = about with { Policies = [DeskCases.Spam], Queue = about.Queue with { PolicyRequired = false } };

        Assert.False(form.Renew(renewed));

        Assert.Equal((null, null, FormGap.Verdict), (form.ChosenVerdict, form.ChosenPolicy, form.Gap));
        Assert.DoesNotContain(form.Offers, offer => offer.Chosen);
        Assert.Equal(("Threatens a person.", "A note"), (form.Reason.Text, form.Note.Text));
        // The same of what was kept and is read again.
        DecisionForm again = new(renewed with { Draft = kept });
        Assert.Equal((FormGap.Verdict, "A note"), (again.Gap, again.Note.Text));
        again.Choose(DeskCases.Spam);
        Assert.Equal(DeskCases.Spam.RecommendedActions, again.ChosenActions.Select(offer => offer.Action.Id));
        form.Choose(DeskCases.Spam);
        Assert.True(form.Renew(renewed));
        Assert.Equal((Verdict.Violation, "pol_spam"), (form.ChosenVerdict, form.ChosenPolicy?.Id));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"verdict\":\"Nonsense\"}")]
    public void Draft_OfAnotherMaking_BeginsAnEmptyForm(string draft) =>
        Assert.Null(new DecisionForm(DeskCases.Post() with { Draft = draft }).ChosenVerdict);

    [Fact]
    public void Action_ThatWantsAValue_KeepsTheFormOpenUntilItHasOne()
    {
        ActionParameter days = new("days", ParameterType.Number, Required: true);
        DeskAction suspend = DeskCases.Suspend with { Parameters = [days] };
        DecisionForm form = new(DeskCases.Post() with { Actions = [suspend] });
        form.Choose(DeskCases.Threats);

        Assert.Equal(FormGap.Parameter, form.Gap);
        form.Offers.Single().Enter(days, "7");

        Assert.Null(form.Gap);
        Assert.Equal(7, form.ChosenActions.Single().ToOrder().Parameters!["days"]!.GetValue<decimal>());
    }

    [Fact]
    public void TimeMark_IsKeptWithTheDraft()
    {
        DeskCase about = DeskCases.Post();
        DecisionForm form = new(about);
        form.MarkTime(12.5);

        DecisionForm again = new(about with { Draft = form.Keep().Write() });

        Assert.Equal(12.5, again.MediaTimeMark);
    }
}
