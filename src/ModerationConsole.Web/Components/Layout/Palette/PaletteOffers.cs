namespace ModerationConsole.Web.Components.Layout.Palette;

/// <summary>What the page that is open adds to the palette. One a circuit.</summary>
public sealed class PaletteOffers
{
    private readonly List<Func<IEnumerable<PaletteEntry>>> _offers = [];

    /// <summary>What can be done on the open page at this moment.</summary>
    public IEnumerable<PaletteEntry> Now => _offers.SelectMany(offer => offer());

    /// <summary>Adds what a page can do; dispose when the page closes.</summary>
    public IDisposable Offer(Func<IEnumerable<PaletteEntry>> entries)
    {
        _offers.Add(entries);
        return new Withdrawal(() => _offers.Remove(entries));
    }

    private sealed class Withdrawal(Action withdraw) : IDisposable
    {
        public void Dispose() => withdraw();
    }
}
