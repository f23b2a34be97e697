using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Moves a draft of a policy on.</summary>
public sealed partial class DraftMoves
{
    private string _note = "";
    private string? _problem;
    private bool _busy;
    private bool _sure;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>The draft.</summary>
    [Parameter, EditorRequired]
    public required RevisionView View { get; set; }

    /// <summary>It was moved on.</summary>
    [Parameter]
    public EventCallback<MoveRevisionOutcome> OnMoved { get; set; }

    [Inject]
    public required PublishRevision Publish { get; init; }

    [Inject]
    public required AnswerRevision Answer { get; init; }

    [Inject]
    public required WithdrawRevision Withdraw { get; init; }

    [Inject]
    public required DiscardRevision Discard { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private PolicyRevision Draft => View.Draft;

    private bool Asks => Draft.State == RevisionState.Draft && View.SecondPerson;

    private bool Answers => Draft.State == RevisionState.Asked && !View.Own;

    // What will happen, said before it does.
    private string Foretold => Draft.State switch
    {
        RevisionState.Draft when View.SecondPerson => PoliciesText.ForetoldAsk,
        RevisionState.Draft when Draft.EffectiveFrom > Moment.Now => PoliciesText.ForetoldLater,
        RevisionState.Draft => PoliciesText.ForetoldNow,
        RevisionState.Asked when View.Own => PoliciesText.ForetoldOwn,
        RevisionState.Asked => PoliciesText.ForetoldAgree,
        RevisionState.Scheduled => PoliciesText.ForetoldScheduled,
        RevisionState.Published or RevisionState.Discarded => "",
        _ => throw new InvalidOperationException("The state of the draft is unknown."),
    };

    private RevisionRef Ref => new(Draft.Id, Draft.Version);

    private Task PublishAsync() => MoveAsync(caller => Publish.RunAsync(caller, Ref, _note, CancellationToken.None));

    private Task AnswerAsync(bool agree) => MoveAsync(caller => Answer.RunAsync(caller, Ref, agree, _note, CancellationToken.None));

    private Task WithdrawAsync() => MoveAsync(caller => Withdraw.RunAsync(caller, Ref, CancellationToken.None));

    // A draft that is given up is not shown again: asked once, in place.
    private async Task DiscardAsync()
    {
        if (!_sure)
        {
            _sure = true;
            return;
        }

        await MoveAsync(caller => Discard.RunAsync(caller, Ref, CancellationToken.None));
    }

    private async Task MoveAsync(Func<Caller, Task<MoveRevisionOutcome>> move)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _problem) = (true, null);
        try
        {
            MoveRevisionOutcome outcome = await move(await Current.GetAsync());
            if (PolicyWords.Done(outcome, Draft.Name) is not { } done)
            {
                _problem = PolicyWords.Refused(outcome);
                return;
            }

            (_note, _sure) = ("", false);
            Status.Say(done);
            await OnMoved.InvokeAsync(outcome);
        }
        finally
        {
            _busy = false;
        }
    }
}
