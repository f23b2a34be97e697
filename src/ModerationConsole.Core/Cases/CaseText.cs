using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>
/// The words by which a case is found, one row a case, made by <see cref="SearchWords"/> so that every database finds alike.
/// A child-safety case has none: what is not in the index cannot be in its answers.
/// </summary>
public sealed class CaseText : ISearchedText
{
    /// <inheritdoc />
    public static string Table => "case_text";

    /// <inheritdoc />
    public static string Key => nameof(CaseNumber);

    /// <summary>The case.</summary>
    public long CaseNumber { get; init; }

    /// <summary>Folded words, each with a blank before it.</summary>
    public string Words { get; set; } = "";
}

internal sealed class CaseTextConfiguration : IEntityTypeConfiguration<CaseText>
{
    public void Configure(EntityTypeBuilder<CaseText> builder)
    {
        builder.ToTable(CaseText.Table);
        builder.HasKey(row => row.CaseNumber);
        builder.Property(row => row.CaseNumber).ValueGeneratedNever();
        builder.Property(row => row.Words).HasMaxLength(TextLength.Text);
        builder.HasOne<Case>().WithOne().HasForeignKey<CaseText>(row => row.CaseNumber);
    }
}
