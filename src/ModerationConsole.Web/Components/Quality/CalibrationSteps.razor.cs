using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Moves a session on. To go on without votes that are missing is asked, because it cannot be taken back.</summary>
public sealed partial class CalibrationSteps
{
    private bool _busy;

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public required CalibrationView Session { get; set; }

    /// <summary>It moved, or someone else moved it.</summary>
    [Parameter]
    public EventCallback OnMoved { get; set; }

    [Inject]
    public required StartVoting Start { get; init; }

    [Inject]
    public required RevealVotes Reveal { get; init; }

    [Inject]
    public required VoteAgain Again { get; init; }

    [Inject]
    public required CloseCalibration Close { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private int Missing => Session.Wanted - Session.Voted;

    private async Task RevealAsync()
    {
        if (await MayGoOnAsync(CalibrationText.RevealQuestion))
        {
            await MoveAsync(CalibrationState.Discussion, caller => Reveal.RunAsync(caller, Session.Id, early: Missing > 0, CancellationToken.None));
        }
    }

    private async Task CloseAsync()
    {
        if (await MayGoOnAsync(CalibrationText.CloseQuestion))
        {
            await MoveAsync(CalibrationState.Closed, caller => Close.RunAsync(caller, Session.Id, early: Missing > 0, CancellationToken.None));
        }
    }

    private async Task<bool> MayGoOnAsync(string question) => Missing == 0 || await Script.ConfirmAsync(question.With(Missing));

    private async Task MoveAsync(CalibrationState next, Func<Caller, Task<MoveCalibrationResult>> move)
    {
        _busy = true;
        try
        {
            Status.Say(CalibrationWords.Of(await move(await Current.GetAsync()), Session.Name, next));
            await OnMoved.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
