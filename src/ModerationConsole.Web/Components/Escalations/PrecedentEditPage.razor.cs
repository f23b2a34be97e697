using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Writes a precedent, or writes one anew. Only the expert's own rationale is filled in; nothing of the item is.</summary>
public sealed partial class PrecedentEditPage
{
    private FormState<PrecedentForm>? _form;
    private EscalationView? _ruling;
    private IReadOnlyList<PolicyRow> _policies = [];
    private PrecedentResult? _saved;
    private int _version;
    private bool _missing;

    /// <summary>The precedent that is written anew; null for a new one.</summary>
    [Parameter]
    public long? Number { get; set; }

    /// <summary>The escalation whose ruling is published.</summary>
    [SupplyParameterFromQuery(Name = "ruling")]
    public long? Ruling { get; set; }

    [Inject]
    public required ReadPrecedent ReadPrecedent { get; init; }

    [Inject]
    public required ReadRulingPrecedent ReadRuling { get; init; }

    [Inject]
    public required ReadEscalation ReadEscalation { get; init; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required PublishPrecedent Publish { get; init; }

    [Inject]
    public required RewritePrecedent Rewrite { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<PrecedentEditPage> Log { get; init; }

    private string Back => Number is { } number ? $"escalations/precedents/{number}" : $"escalations/{Ruling}";

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Callers.GetAsync();
        PrecedentForm? form = Number is { } number ? await ReadAsync(caller, number) : Ruling is { } ruling ? await BeginAsync(caller, ruling) : null;
        _missing = form is null;
        _form = form is null ? null : new FormState<PrecedentForm>(form, Log);
    }

    private async Task<PrecedentForm?> ReadAsync(Caller caller, long number)
    {
        PrecedentView? view = await ReadPrecedent.RunAsync(caller, number, null, CancellationToken.None);
        _version = view?.Precedent.CurrentVersion ?? 0;
        return view is null or { Precedent.State: PrecedentState.Withdrawn } ? null : PrecedentForm.Of(view);
    }

    private async Task<PrecedentForm?> BeginAsync(Caller caller, long ruling)
    {
        if (!(await ReadRuling.RunAsync(caller, ruling, CancellationToken.None)).MayPublish)
        {
            return null;
        }

        _ruling = await ReadEscalation.RunAsync(caller, ruling, CancellationToken.None);
        _policies = await ListPolicies.RunAsync(caller, archived: false, CancellationToken.None);
        return new PrecedentForm { Policy = _ruling?.Ruling?.PolicyId ?? "", Reasoning = _ruling?.Ruling?.Rationale ?? "" };
    }

    private async Task SaveAsync()
    {
        FormState<PrecedentForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(Number is null ? PrecedentsText.PublishedNow.With(_saved!.Number) : PrecedentsText.SavedNow);
            Navigation.NavigateTo($"escalations/precedents/{Number ?? _saved!.Number}");
        }
    }

    private async Task StoreAsync(FormState<PrecedentForm> form)
    {
        PrecedentForm model = form.Model;
        if (form.Problems.AnyBlank(
            ("precedent-policy", model.Policy, PrecedentsText.PolicyMissing), ("precedent-title", model.Title, PrecedentsText.TitleMissing),
            ("precedent-rule", model.Rule, PrecedentsText.RuleMissing), ("precedent-facts", model.Facts, PrecedentsText.FactsMissing),
            ("precedent-reasoning", model.Reasoning, PrecedentsText.ReasoningMissing)))
        {
            return;
        }

        Caller caller = await Callers.GetAsync();
        _saved = Number is { } number
            ? new PrecedentResult(await Rewrite.RunAsync(caller, number, _version, model.Draft(), CancellationToken.None))
            : await Publish.RunAsync(caller, Ruling!.Value, model.Policy, model.Draft(), CancellationToken.None);
        (string field, string? message) = PrecedentWords.Refusal(_saved);
        form.Problems.Unless(message is null, field, message ?? "");
    }
}
