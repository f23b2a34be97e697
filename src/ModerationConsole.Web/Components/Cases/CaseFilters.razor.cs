using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Filters of the case list.</summary>
public sealed partial class CaseFilters
{
    private const string Severe = "severe";

    private string? _search;
    private CaseQuery? _shown;

    /// <summary>The filters that are in force.</summary>
    [Parameter, EditorRequired]
    public required CaseQuery Query { get; set; }

    /// <summary>Queues to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueName> Queues { get; set; }

    /// <summary>Languages to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Languages { get; set; }

    [Inject]
    public required IOptions<RegionOptions> Regions { get; init; }

    /// <summary>Other filters are wanted.</summary>
    [Parameter, EditorRequired]
    public EventCallback<CaseQuery> OnChanged { get; set; }

    private static (string? Value, string Words)[] Statuses =>
        [(null, CasesText.All), ("open", CasesText.StateOpen), ("decided", CasesText.StateDecided), ("closed", CasesText.StateClosed)];

    private string QueueChoice
    {
        get => Query.Queue?.ToString() ?? "";
        set => _ = OnChanged.InvokeAsync(Query with { Queue = Guid.TryParse(value, out Guid id) ? id : null });
    }

    private string LanguageChoice
    {
        get => Query.Language ?? "";
        set => _ = OnChanged.InvokeAsync(Query with { Language = string.IsNullOrEmpty(value) ? null : value });
    }

    private string RegionChoice
    {
        get => Query.Region ?? "";
        set => _ = OnChanged.InvokeAsync(Query with { Region = string.IsNullOrEmpty(value) ? null : value });
    }

    protected override void OnParametersSet()
    {
        // What is being typed stays, unless the address itself changed.
        if (_shown != Query)
        {
            (_shown, _search) = (Query, Query.Search);
        }
    }

    private static string Pressed(bool on) => on ? "true" : "false";

    private static bool Same(string? one, string? other) => string.Equals(one ?? "", other ?? "", StringComparison.OrdinalIgnoreCase);
}
