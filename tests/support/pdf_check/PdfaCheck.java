import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Says of each file whether it is PDF/A-1b; exits 0 only if all are. */
public class PdfaCheck {
    public static void main(String[] names) throws Exception {
        boolean allValid = names.length > 0;
        for (String name : names) {
            ValidationResult result = validate(new File(name));
            allValid &= result.isValid();
            System.out.println(name + ": " + (result.isValid() ? "PDF/A-1b" : "NOT PDF/A-1b"));
            for (ValidationError error : result.getErrorsList())
                System.out.println("  " + error.getErrorCode() + " " + error.getDetails());
        }
        System.exit(allValid ? 0 : 1);
    }

    private static ValidationResult validate(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
        } catch (SyntaxValidationException broken) {
            return broken.getResult();
        }
        try (PreflightDocument document = parser.getPreflightDocument()) {
            document.validate();
            return document.getResult();
        }
    }
}
