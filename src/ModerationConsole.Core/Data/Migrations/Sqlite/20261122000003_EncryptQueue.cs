using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EncryptQueue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_media_object_ChildSafety_EncryptedWith",
                table: "media_object",
                columns: new[] { "ChildSafety", "EncryptedWith" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_media_object_ChildSafety_EncryptedWith",
                table: "media_object");
        }
    }
}
