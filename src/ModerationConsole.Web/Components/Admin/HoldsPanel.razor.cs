using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Retention;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Legal holds: placed on a case or an account, and lifted.</summary>
public sealed partial class HoldsPanel
{
    private FormState<HoldForm> _form = null!;

    /// <summary>Those that hold; null until they are read.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<HoldShown>? Holds { get; set; }

    /// <summary>One was placed or lifted.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required PlaceHold PlaceHold { get; init; }

    [Inject]
    public required LiftHold LiftHold { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<HoldsPanel> Log { get; init; }

    protected override void OnInitialized() => Begin();

    private static string What(HoldShown hold) =>
        hold.CaseNumber is { } number ? RetentionText.CaseOf.With(number.Thin()) : $"{hold.ActorTypeId} {hold.ActorId}";

    private void Begin() => _form = new FormState<HoldForm>(new HoldForm(), Log);

    private async Task PlaceAsync()
    {
        if (!await _form.SaveAsync(TryPlaceAsync))
        {
            return;
        }

        Begin();
        Status.Say(RetentionText.HoldPlaced);
        await OnChanged.InvokeAsync();
    }

    private async Task TryPlaceAsync()
    {
        HoldForm form = _form.Model;
        long? number = Figures.Number(form.Case);
        HoldOutcome outcome = form.Case.Trim().Length > 0 && number is null
            ? HoldOutcome.CaseMissing
            : await PlaceHold.RunAsync(await Current.GetAsync(), new HoldRequest(number, form.TypeId, form.ActorId, form.Reason), CancellationToken.None);
        if (RetentionWords.Problem(outcome) is var (field, message))
        {
            _form.Problems.Add(field, message);
        }
    }

    private async Task LiftAsync(HoldShown hold)
    {
        if (!await Script.ConfirmAsync(RetentionText.LiftQuestion.With(What(hold))))
        {
            return;
        }

        HoldOutcome outcome = await LiftHold.RunAsync(await Current.GetAsync(), hold.Id, CancellationToken.None);
        Status.Say(outcome == HoldOutcome.Lifted ? RetentionText.HoldLifted : AdminText.Missing);
        await OnChanged.InvokeAsync();
    }

    /// <summary>A hold while it is filled in.</summary>
    public sealed class HoldForm
    {
        public string Case { get; set; } = "";

        public string TypeId { get; set; } = "";

        public string ActorId { get; set; } = "";

        public string Reason { get; set; } = "";
    }
}
