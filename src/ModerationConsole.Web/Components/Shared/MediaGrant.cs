namespace ModerationConsole.Web.Components.Shared;

/// <summary>What the page needs to show a step that was granted.</summary>
/// <param name="Kind">The element that shows it: img, video or audio.</param>
/// <param name="Seconds">How long it may stay.</param>
/// <param name="Across">Into how many tiles each way it is cut, where only tiles are shown; 0 where the whole is.</param>
public sealed record MediaGrant(Guid RevealId, string Url, string Kind, double Seconds, int Across = 0);
