using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Names the policy that is violated: by a pinned key, or by typing a part of its name or number.</summary>
public sealed partial class PolicyPicker
{
    private const int MostFound = 8;
    private const int MostUnpinned = 5;

    private string _wanted = "";
    private int _finder;

    /// <summary>The person's keys.</summary>
    [Parameter]
    public DeskPreferences Preferences { get; set; } = DeskPreferences.Default;

    /// <summary>All policies, in order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DeskPolicy> Policies { get; set; }

    /// <summary>The chosen one.</summary>
    [Parameter]
    public DeskPolicy? Chosen { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public EventCallback<DeskPolicy> OnChoose { get; set; }

    private bool NeedsFinder => Policies.Any(policy => policy.Key is null);

    private IReadOnlyList<DeskPolicy> Listed
    {
        get
        {
            if (_wanted.Length > 0)
            {
                return [.. Found.Take(MostFound)];
            }

            // Pinned ones stand by their keys and never move; a chosen one that is not pinned stands below them.
            List<DeskPolicy> listed = [.. Policies.Where(policy => policy.Key is not null).OrderBy(policy => policy.Key)];
            if (listed.Count == 0)
            {
                listed.AddRange(Policies.Take(MostUnpinned));
            }

            if (Chosen is not null && listed.TrueForAll(policy => policy.Id != Chosen.Id))
            {
                listed.Add(Chosen);
            }

            return listed;
        }
    }

    private IEnumerable<DeskPolicy> Found => Policies.Where(policy => Matches(policy.Name) || policy.Code.StartsWith(_wanted, StringComparison.OrdinalIgnoreCase));

    private static string Facts(DeskPolicy policy) =>
        policy.Severity == Core.Policies.Severity.Severe ? $"{policy.Code} · {DeskText.SeveritySevere.ToLower(CultureInfo.CurrentCulture)}" : policy.Code;

    private bool Matches(string name) =>
        CultureInfo.CurrentCulture.CompareInfo.IndexOf(name, _wanted, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private void Find(ChangeEventArgs change) => _wanted = (change.Value as string ?? "").Trim();

    private async Task OnKey(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Enter" && _wanted.Length > 0 && Found.FirstOrDefault() is { } first)
        {
            await ChooseAsync(first);
        }
    }

    private async Task ChooseAsync(DeskPolicy policy)
    {
        if (_wanted.Length > 0)
        {
            _wanted = "";
            _finder++;
        }

        await OnChoose.InvokeAsync(policy);
    }
}
