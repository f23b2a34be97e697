using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>Holds past decisions against a draft, one by one. Whoever stops goes on where they were.</summary>
public sealed partial class PolicyTrialPage
{
    private RevisionView? _draft;
    private TrialCaseView? _one;
    private CaseFile? _file;
    private TrialAnswer? _answer;
    private string? _problem;
    private bool _busy;
    private bool _missing;
    private (string, string?)? _shown;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The policy.</summary>
    [Parameter]
    public required string Id { get; set; }

    /// <summary>The place of a decision; the first that is not judged where none is named.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public string? Place { get; set; }

    [Inject]
    public required ReadRevision ReadRevision { get; init; }

    [Inject]
    public required ReadTrialCase ReadTrialCase { get; init; }

    [Inject]
    public required JudgeTrialCase Judge { get; init; }

    [Inject]
    public required OpenCase OpenCase { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Id, Place))
        {
            _shown = (Id, Place);
            await ReadAsync(Figures.Number(Place) is { } number and <= int.MaxValue ? (int)number : null);
        }
    }

    private string At(int place) => $"{PolicyWords.DraftAddress(Id)}/trial?at={place}";

    private async Task ReadAsync(int? place)
    {
        Caller caller = await Current.GetAsync();
        _draft = await ReadRevision.RunAsync(caller, Id, CancellationToken.None);
        TrialCaseView? one = await ReadTrialCase.RunAsync(caller, Id, place, CancellationToken.None);
        // That it was looked at is in the audit before anything of it is shown.
        _file = one?.CaseNumber is { } number ? await OpenCase.RunAsync(caller, number, CancellationToken.None) : null;
        (_one, _answer, _problem, _missing) = (one, one?.Mine, null, one is null || _draft is null);
    }

    private async Task JudgeAsync()
    {
        if (_busy || _file is null || _one is not { } one)
        {
            return;
        }

        if (_answer is not { } answer)
        {
            _problem = PoliciesText.TrialChoose;
            return;
        }

        _busy = true;
        try
        {
            JudgeTrialOutcome outcome = await Judge.RunAsync(await Current.GetAsync(), one.Id, answer, CancellationToken.None);
            if (outcome == JudgeTrialOutcome.NotShown)
            {
                await ReadAsync(one.Place);
                return;
            }

            if (outcome != JudgeTrialOutcome.Kept)
            {
                _problem = outcome == JudgeTrialOutcome.Over ? PoliciesText.NoDraft : PoliciesText.TrialChoose;
                return;
            }

            Status.Say(PoliciesText.TrialKept.With(one.Place));
            bool last = one.Left == 0 || (one.Left == 1 && one.Mine is null);
            Navigation.NavigateTo(last ? PolicyWords.DraftAddress(Id) : one.Place < one.Count ? At(one.Place + 1) : $"{PolicyWords.DraftAddress(Id)}/trial");
        }
        finally
        {
            _busy = false;
        }
    }
}
